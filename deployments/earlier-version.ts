import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { readableAddress } from '../common/readable-address.ts';
import { check, describeInvalid } from '../common/validation.ts';
import type { EarlierVersion } from '../stacks/moved.ts';
import type { Stage } from '../stages/load.ts';
import { type Deployment, deploymentFormat } from './deployment.ts';
import { type Revision, revisionName } from './revision.ts';
import { readStateResources } from './state-outputs.ts';
import { strategyOf } from './strategies/settings.ts';

/** What a stage of a version without tracks was: its resources in the state, and what its outputs said. */
const earlierSchema = z.object({
  release: z.string(),
  template: z.object({
    image_id: z.string(),
    instance_type: z.string(),
    user_data: z.string(),
    block_device_mappings: z
      .array(z.object({ device_name: z.string(), ebs: z.array(z.object({ volume_size: z.number() })).min(1) }))
      .min(1),
  }),
  group: z.object({ min_size: z.number(), max_size: z.number(), desired_capacity: z.number() }),
});

type Earlier = z.output<typeof earlierSchema>;

/** A stage whose only fleet becomes the blue track. */
export interface Adopted {
  deployment: Deployment;
  /** The machines that it has. */
  desired: number;
  earlier: EarlierVersion;
}

/** Reads what a version without tracks has deployed; the outputs are those in the state. */
export async function adoptEarlierVersion(stage: Stage, outputs: Record<string, unknown>, now: Date): Promise<Adopted> {
  const resources = await readStateResources(stage);
  const attributesOf = (of: string) =>
    Object.entries(resources).find(([address]) => readableAddress(address) === of)?.[1];
  const { data, problems } = check(earlierSchema, {
    release: outputs.release,
    template: attributesOf('aws_launch_template.fleet_launch-template'),
    group: attributesOf('aws_autoscaling_group.fleet_group'),
  });
  if (data) {
    const deployment = adopted(data, stage, now);
    const earlier = { addresses: Object.keys(resources), revision: deployment.history[0] ?? '', release: data.release };
    return { deployment, desired: data.group.desired_capacity, earlier };
  }
  throw new UserError(
    `${describeInvalid('The Terraform state is of no version that this one can go on with:', problems)}\n` +
      'Apply the last version before this one, then this one.',
  );
}

function adopted({ release, template, group }: Earlier, { settings }: Stage, now: Date): Deployment {
  const [disk] = template.block_device_mappings;
  const revision: Revision = {
    ...{ release, image: template.image_id, rootDevice: disk?.device_name ?? '', instanceType: template.instance_type },
    ...{ diskGigabytes: disk?.ebs[0]?.volume_size ?? 0, userData: template.user_data },
    ...{ modelVersion: 'unknown', accuracy: null, madeAt: now.toISOString() },
  };
  const name = revisionName(revision);
  const { min, max } = settings.fleet.size;
  return {
    ...{ format: deploymentFormat, strategy: strategyOf(settings.deployment), phase: 'steady', live: 'blue' },
    ...{ revisions: { [name]: revision }, history: [name], sticky: false, progress: null, last: null },
    tracks: {
      blue: { revision: name, floor: group.min_size, ceiling: group.max_size },
      green: { revision: null, floor: 0, ceiling: 0 },
    },
    ...{ weights: { blue: 100, green: 0 }, size: { min, max }, keepRevisions: settings.deployment.keepRevisions },
  };
}
