import type { FleetMachine, FleetStatus, LaunchTemplate } from './fleet-status.ts';

/** True when the desired number of machines is healthy and was launched from the template, and no other machine is there. */
export function isServing(status: FleetStatus, template: LaunchTemplate): boolean {
  const { desired, machines } = status;
  return machines.length === desired && healthyMachines(status, template).length === desired;
}

/** The machines of the template that are healthy and stay. */
export function healthyMachines({ machines }: FleetStatus, template: LaunchTemplate): FleetMachine[] {
  return machines.filter((machine) => machine.health === 'healthy' && isOf(machine, template));
}

/** The machines of the template that are not healthy, without those that go. */
export function unhealthyMachines({ machines }: FleetStatus, template: LaunchTemplate): FleetMachine[] {
  return machines.filter((machine) => machine.health !== 'healthy' && isOf(machine, template));
}

/** One line for a progress display: `1 of 2 machines healthy`. */
export function progressOf(status: FleetStatus, template: LaunchTemplate): string {
  return `${healthyMachines(status, template).length} of ${status.desired} machines healthy`;
}

// One that goes says nothing about those that come: an attempt before may have left it.
function isOf({ template, leaving }: FleetMachine, { id, version }: LaunchTemplate): boolean {
  return !leaving && template.id === id && template.version === version;
}
