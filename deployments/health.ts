import type { FleetMachine, FleetStatus, LaunchTemplate } from './fleet-status.ts';

const unfinished = new Set(['Pending', 'InProgress', 'Cancelling', 'RollbackInProgress', 'Baking']);
const unsuccessful = new Set(['Failed', 'RollbackFailed', 'RollbackSuccessful', 'Cancelled']);

/**
 * True when the desired number of machines is healthy and was launched from the template, no other machine is there, and
 * no refresh runs.
 */
export function isServing(status: FleetStatus, template: LaunchTemplate): boolean {
  const { desired, machines } = status;
  return isSettled(status) && machines.length === desired && machines.every((machine) => isCurrent(machine, template));
}

/** True where machines of another template serve and no refresh replaces them. */
export function needsReplacement(status: FleetStatus, template: LaunchTemplate): boolean {
  return isSettled(status) && status.machines.some((machine) => !isLaunchedFrom(machine, template));
}

/** Returns why the last refresh left old machines in service; undefined where it did not. */
export function failedReplacement(status: FleetStatus, template: LaunchTemplate): string | undefined {
  const { refresh } = status;
  if (!refresh || !unsuccessful.has(refresh.status) || !needsReplacement(status, template)) return undefined;
  return `The machines were not replaced: ${refresh.reason ?? refresh.status}. The old machines still serve.`;
}

/** Returns why a deployment does not serve on every machine; undefined where it does. */
export function problemOf(status: FleetStatus, template: LaunchTemplate): string | undefined {
  if (isServing(status, template)) return undefined;
  return failedReplacement(status, template) ?? `${progressOf(status, template)}.`;
}

/** The machines of the template that are not healthy. */
export function unhealthyMachines({ machines }: FleetStatus, template: LaunchTemplate): FleetMachine[] {
  return machines.filter((machine) => machine.health !== 'healthy' && isLaunchedFrom(machine, template));
}

/** One line for a progress display: `1 of 2 machines healthy, 50 % replaced`. */
export function progressOf({ desired, machines, refresh }: FleetStatus, template: LaunchTemplate): string {
  const current = machines.filter((machine) => isCurrent(machine, template)).length;
  const replaced = refresh && unfinished.has(refresh.status) ? `, ${refresh.percentage} % replaced` : '';
  return `${current} of ${desired} machines healthy${replaced}`;
}

function isSettled({ refresh }: FleetStatus): boolean {
  return !refresh || !unfinished.has(refresh.status);
}

function isCurrent(machine: FleetMachine, template: LaunchTemplate): boolean {
  return machine.health === 'healthy' && isLaunchedFrom(machine, template);
}

function isLaunchedFrom(machine: FleetMachine, { id, version }: LaunchTemplate): boolean {
  return machine.template.id === id && machine.template.version === version;
}
