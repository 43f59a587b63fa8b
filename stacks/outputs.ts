import { z } from 'zod';
import { UserError } from '../common/errors.ts';
import { check, describeInvalid } from '../common/validation.ts';

const trackResources = z.object({ group: z.string(), target_group: z.string() });

/** The name of a track's Auto Scaling group and the ARN of its target group. */
export type TrackResources = z.infer<typeof trackResources>;

/** The outputs in the Terraform state of a deployed stage. */
const outputsSchema = z.object({
  url: z.string(),
  /** The balancer's ARN. */
  load_balancer: z.string(),
  tracks: z.object({ blue: trackResources, green: trackResources }),
  /** The ids of the revisions' launch templates, by the names of the revisions. */
  launch_templates: z.record(z.string(), z.string()),
  account: z.string(),
  region: z.string(),
  /** The name of the stack, with which all names of resources begin. */
  stack: z.string(),
  /** The prefix of the names of the machines' log groups. */
  log_groups: z.string(),
  /** The name of the target group of the monitoring machine; stages without one have none. */
  monitoring_target_group: z.string().optional(),
  /** What the monitoring machine boots with, by which a later command leaves it as it is; stages without one have none. */
  monitoring_machine: z
    .object({
      /** The SHA-256 of its archive. */
      archive: z.string(),
      image: z.string(),
      root_device: z.string(),
      /** Its first script, in base64. */
      user_data: z.string(),
    })
    .optional(),
  /** What is deployed and what is under way. */
  deployment: z.unknown(),
});

export type Outputs = z.infer<typeof outputsSchema>;

/** Checks outputs that were read from a state; another version of the product may have written it. */
export function parseOutputs(values: unknown): Outputs {
  const { data, problems } = check(outputsSchema, values);
  if (data) return data;
  if ((values as { tracks?: unknown } | undefined)?.tracks === undefined)
    throw new UserError(
      'The Terraform state is of an earlier version of this project. Go on with this one by: make apply',
    );
  const invalid = describeInvalid('The outputs in the Terraform state are not those of this version:', problems);
  throw new UserError(`${invalid}\nApply this version with: make apply`);
}
