import type { Manifest } from '../model/artifact/manifest.ts';
import type { MachineImage } from '../stacks/machines.ts';
import type { ReleaseArchive } from '../stacks/release-archive.ts';
import type { Site } from '../stacks/site.ts';
import { stackName } from '../stacks/stack-name.ts';
import { userDataOf } from '../stacks/user-data.ts';
import { machineVariables } from '../stacks/variables.ts';
import type { Stage } from '../stages/load.ts';
import type { Revision } from './revision.ts';

export interface RevisionProps {
  stage: Stage;
  site: Site;
  release: ReleaseArchive;
  image: MachineImage;
  model: Pick<Manifest, 'version' | 'metrics'>;
  now: Date;
}

/** Makes the revision of a release, with what the stage's settings say of its machines. */
export function makeRevision({ stage, site, release, image, model, now }: RevisionProps): Revision {
  const { settings } = stage;
  const { instanceType, diskGigabytes } = settings.fleet;
  const stack = stackName(stage);
  const variables = machineVariables(stack, settings, site);
  return {
    ...{ release: release.sha256, image: image.id, rootDevice: image.rootDevice, instanceType, diskGigabytes },
    userData: userDataOf(release, variables, stack, settings.region, site),
    ...{ modelVersion: model.version, accuracy: model.metrics.accuracy, madeAt: now.toISOString() },
  };
}
