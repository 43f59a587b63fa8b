import type { Listener, LoadBalancer, Permission, SecurityGroup } from '../emulator/desired-state.ts';
import type { NginxMap } from './rule-maps.ts';

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

/** Returns the map whose variable `$<key>_client` is 1 for the clients of these networks. */
export function clientMap(key: string, networks: readonly string[]): NginxMap {
  const isOpen = networks.includes('0.0.0.0/0');
  const lines = isOpen ? ['default 1'] : ['default 0', ...new Set(networks.map((cidr) => `${cidr} 1`))];
  return { kind: 'geo', source: '', variable: `$${key}_client`, lines };
}
