import { describeDesiredSize } from '../../deployments/desired-size.ts';
import { describeShortBake } from '../../deployments/short-bake.ts';
import type { Planned } from './planning.ts';

const openToEveryone =
  'Everyone who reaches the endpoint may classify: service.access is open. With keys, only those who have an API key may.';

/** Returns what a person should know of a plan beside its steps: settings that will not do what they seem to. */
export function plannedNotes({ stage, target, shipment: { begun }, expectations }: Planned): string[] {
  const notes = [
    // The rehearsal's alarms run on a faster clock.
    target.rehearsal ? undefined : describeShortBake(begun),
    target.rehearsal || stage.settings.service.access === 'keys' ? undefined : openToEveryone,
    describeDesiredSize(begun, expectations.observed, stage.settings.fleet.size.desired),
  ];
  return notes.filter((note) => note !== undefined);
}
