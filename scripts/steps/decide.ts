import type { Access } from '../../deployments/access.ts';
import type { CloudTarget } from '../../deployments/cloud-target.ts';
import type { Track } from '../../deployments/deployment.ts';
import { makeRevision } from '../../deployments/make-revision.ts';
import type { DeployedBefore } from '../../deployments/read-deployment.ts';
import { planShipment, type Shipment } from '../../deployments/shipment.ts';
import { nothingObserved, type TrackObservation } from '../../deployments/track-observer.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import type { MachineImage } from '../../stacks/machines.ts';
import { parseOutputs } from '../../stacks/outputs.ts';
import type { ReleaseArchive } from '../../stacks/release-archive.ts';
import type { Stage } from '../../stages/load.ts';
import { observerOf } from './carrier.ts';

export interface DecideProps {
  stage: Stage;
  target: CloudTarget;
  packed: ReleaseArchive;
  artifact: Artifact;
  machineImage: MachineImage;
  before: DeployedBefore;
  /** The outputs of what is deployed; undefined where nothing is. */
  deployed: Record<string, unknown> | undefined;
  now: Date;
}

type Observed = Record<Track, TrackObservation>;

/** Decides what is deployed next, by what is deployed and what is observed of it. */
export async function decideShipment(props: DecideProps): Promise<{ shipment: Shipment; observed: Observed }> {
  const { stage, target, packed: release, artifact, machineImage: image, before, deployed, now } = props;
  const { deployment: settings, fleet } = stage.settings;
  const revision = makeRevision({ stage, site: target.site, release, image, model: artifact.manifest, now });
  const observed = await observe(target.access, before, deployed);
  return { shipment: planShipment(before, { revision, settings, size: fleet.size, now, observed }), observed };
}

async function observe(
  access: Access,
  { deployment, adopted }: DeployedBefore,
  outputs: Record<string, unknown> | undefined,
): Promise<Observed> {
  if (!deployment) return { blue: nothingObserved, green: nothingObserved };
  if (adopted) return { blue: { ...nothingObserved, desired: adopted.desired }, green: nothingObserved };
  return observerOf(access, parseOutputs(outputs)).observe(deployment);
}
