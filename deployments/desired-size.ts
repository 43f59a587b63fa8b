import type { Deployment, Track } from './deployment.ts';
import { counted } from './strategies/wording.ts';
import type { TrackObservation } from './track-observer.ts';

/**
 * Tells that a fleet does not grow to the desired size of the settings, which only a first deployment follows; undefined where
 * nothing serves yet, or where it has that size.
 */
export function describeDesiredSize(
  { live, history }: Deployment,
  observed: Record<Track, Pick<TrackObservation, 'desired'>>,
  desired: number,
): string | undefined {
  const machines = observed[live].desired;
  if (history.length === 0 || machines >= desired) return undefined;
  return (
    `fleet.size.desired: ${desired} is the size of a new fleet. This one has ${counted(machines)}, and its scaling decides; ` +
    `to have ${desired} or more, set fleet.size.min.`
  );
}
