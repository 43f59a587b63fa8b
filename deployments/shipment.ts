import type { Deployment, Track } from './deployment.ts';
import type { DeployedBefore } from './read-deployment.ts';
import { type BeginProps, begin } from './strategies/begin.ts';
import { next } from './strategies/next.ts';
import type { TrackObservation } from './track-observer.ts';

/** What a command makes of the revision that it is to deploy. */
export interface Shipment {
  /** The deployment that it begins or goes on with. */
  begun: Deployment;
  /** What the first apply makes true; it may change settings of the stage, too. */
  first: Deployment;
  /** Where the steps after the first apply go on from. */
  after: Deployment;
}

export type ShipmentProps = Omit<BeginProps, 'observed'> & { observed: Record<Track, TrackObservation> };

/** Decides what the first apply of a deployment is. */
export function planShipment({ deployment, adopted }: DeployedBefore, props: ShipmentProps): Shipment {
  const begun = begin(deployment, props);
  // The tracks come first, and then what they are for.
  if (adopted) return { begun, first: adopted.deployment, after: begun };
  // What was interrupted may have left a part of an apply.
  if (deployment?.progress) return { begun, first: begun, after: begun };
  const { blue, green } = props.observed;
  const untested = { smokeTest: 'not run' as const };
  const tracks = { blue: { ...blue, ...untested }, green: { ...green, ...untested } };
  const outcome = next(begun, { tracks, stepSeconds: 0 });
  const first = outcome.kind === 'apply' ? outcome.deployment : begun;
  return { begun, first, after: first };
}
