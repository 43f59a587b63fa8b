import { type Machine, succeed } from '../machine/machine.ts';

/** What systemd says of a unit. */
export interface UnitState {
  unit: string;
  /** `active`, `activating`, `failed`, … */
  activeState: string;
  /** How often systemd has restarted it since it was started by a command. */
  restarts: string;
  /** The time when it became active, in microseconds since the machine booted. */
  activeSince: string;
}

const properties = ['Id', 'ActiveState', 'NRestarts', 'ActiveEnterTimestampMonotonic'];

/** Asks systemd for the states of units. */
export async function readUnitStates(machine: Machine, units: readonly string[]): Promise<UnitState[]> {
  const argv = ['systemctl', 'show', '--property', properties.join(','), ...units];
  return parseUnitStates(await succeed(machine, argv));
}

/** Parses the output of `systemctl show`: a block for each unit, a line for each property. */
export function parseUnitStates(output: string): UnitState[] {
  const blocks = output.trim().split(/\n{2,}/);
  return blocks.map((block) => {
    const value = (property: string) => new RegExp(`^${property}=(.*)$`, 'm').exec(block)?.[1] ?? '';
    return {
      unit: value('Id'),
      activeState: value('ActiveState'),
      restarts: value('NRestarts'),
      activeSince: value('ActiveEnterTimestampMonotonic'),
    };
  });
}

/** Says that a unit is not active, or has restarted between two states of it; undefined where neither is so. */
export function describeRestart(before: UnitState, after: UnitState): string | undefined {
  const { unit, activeState, restarts } = after;
  if (activeState !== 'active') return `${unit}: expected active, got ${activeState} after ${restarts} restarts`;
  if (restarts === before.restarts && after.activeSince === before.activeSince) return undefined;
  return `${unit}: expected no restart, got a new start (NRestarts ${before.restarts} -> ${restarts})`;
}
