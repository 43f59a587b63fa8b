import type { FleetMachine, FleetStatus } from './fleet-status.ts';

const unfinished = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);
const unsuccessful = new Set(['Failed', 'RollbackFailed', 'RollbackSuccessful', 'Cancelled']);

/** True when the desired number of machines is healthy and serves the release, no other machine does, and no refresh runs. */
export function isServing(status: FleetStatus, release: string): boolean {
  const { desired, machines } = status;
  return isSettled(status) && machines.length === desired && machines.every((machine) => isCurrent(machine, release));
}

/** True where machines of another release serve and no refresh replaces them. */
export function needsReplacement(status: FleetStatus, release: string): boolean {
  return isSettled(status) && status.machines.some((machine) => !isOfRelease(machine, release));
}

/** Returns why the last refresh left old machines in service; undefined where it did not. */
export function failedReplacement(status: FleetStatus, release: string): string | undefined {
  const { refresh } = status;
  if (!refresh || !unsuccessful.has(refresh.status) || !needsReplacement(status, release)) return undefined;
  return `The machines were not replaced: ${refresh.reason ?? refresh.status}. The old machines still serve.`;
}

/** The machines of the release that are not healthy. */
export function unhealthyMachines({ machines }: FleetStatus, release: string): FleetMachine[] {
  return machines.filter((machine) => machine.health !== 'healthy' && isOfRelease(machine, release));
}

/** One line for a progress display: `1 of 2 machines healthy, 50 % replaced`. */
export function progressOf({ desired, machines, refresh }: FleetStatus, release: string): string {
  const current = machines.filter((machine) => isCurrent(machine, release)).length;
  const replaced = refresh && unfinished.has(refresh.status) ? `, ${refresh.percentage} % replaced` : '';
  return `${current} of ${desired} machines healthy${replaced}`;
}

function isSettled({ refresh }: FleetStatus): boolean {
  return !refresh || !unfinished.has(refresh.status);
}

function isCurrent(machine: FleetMachine, release: string): boolean {
  return machine.health === 'healthy' && isOfRelease(machine, release);
}

function isOfRelease(machine: FleetMachine, release: string): boolean {
  return release.startsWith(machine.release);
}
