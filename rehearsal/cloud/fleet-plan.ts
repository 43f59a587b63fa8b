import type { DesiredInstance } from '../emulator/desired-state.ts';
import { type FleetMember, isStaying } from './member.ts';

/** Compares the desired instances with the actual members. An instance without an address or a network has to wait. */
export function planFleet(desired: readonly DesiredInstance[], actual: ReadonlyMap<string, FleetMember>) {
  const ids = new Set(desired.map(({ id }) => id));
  return {
    boot: desired.filter(({ id, address, cidr }) => !actual.has(id) && address !== '' && cidr !== ''),
    retire: [...actual.values()].filter(isStaying).filter(({ instance }) => !ids.has(instance.id)),
  };
}
