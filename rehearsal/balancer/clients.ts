import type { Listener, LoadBalancer, Permission, SecurityGroup } from '../emulator/desired-state.ts';

/** Returns the networks of the clients that the security groups of a balancer let in to a listener. */
export function clientNetworks(
  groups: readonly SecurityGroup[],
  { securityGroups }: LoadBalancer,
  { port }: Listener,
): string[] {
  return groups
    .filter(({ id }) => securityGroups.includes(id))
    .flatMap(({ ingress }) => ingress.filter((permission) => allows(permission, port)))
    .flatMap(({ peers }) => peers.cidrs);
}

function allows({ protocol, ports }: Permission, port: number): boolean {
  if (protocol === '-1') return true;
  return protocol === 'tcp' && ports !== undefined && ports.from <= port && port <= ports.to;
}
