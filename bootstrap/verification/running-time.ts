import type { Machine } from '../machine/machine.ts';
import { readUnitStates } from './unit-state.ts';

/** Returns the whole seconds until each unit has run for `seconds` since it became active. */
export async function missingSeconds(machine: Machine, units: readonly string[], seconds: number): Promise<number> {
  const [states, uptime] = await Promise.all([readUnitStates(machine, units), uptimeOf(machine)]);
  const ages = states.map(({ activeSince }) => uptime - Number(activeSince) / 1_000_000);
  return Math.min(Math.max(Math.ceil(seconds - Math.min(...ages)), 0), seconds);
}

// In seconds since the machine booted. Where it cannot be read, the units have not run at all.
async function uptimeOf(machine: Machine): Promise<number> {
  const [uptime] = ((await machine.files.read('/proc/uptime')) ?? '').split(' ');
  return Number(uptime) || 0;
}
