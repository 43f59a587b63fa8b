import type { LoadBalancer } from '../emulator/desired-state.ts';

/** The ports of 127.0.0.1 on which load balancers can listen. */
export interface BalancerPorts {
  /** Of the first listener on 443. */
  https: number;
  /** Of the first listener on 80. */
  http: number;
  /** Of all other listeners, in the order in which they are created. */
  others: readonly number[];
}

/** Returns all ports on which load balancers can listen. */
export function portsOf({ https, http, others }: BalancerPorts): number[] {
  return [https, http, ...others];
}

/** Returns the port of each listener, by its ARN. A listener keeps its port; one for which no port is left has none. */
export function assignPorts(
  balancers: readonly LoadBalancer[],
  ports: BalancerPorts,
  before: ReadonlyMap<string, number>,
): Map<string, number> {
  const listeners = balancers.flatMap((balancer) => balancer.listeners);
  const assigned = new Map([...before].filter(([arn]) => listeners.some((listener) => listener.arn === arn)));
  for (const { arn, port } of listeners) {
    const free = assigned.has(arn) ? undefined : freePort(port, ports, assigned);
    if (free !== undefined) assigned.set(arn, free);
  }
  return assigned;
}

/** Returns the port that one more listener on `port` gets; undefined if none is left. */
export function freePort(
  port: number,
  ports: BalancerPorts,
  assigned: ReadonlyMap<string, number>,
): number | undefined {
  const used = new Set(assigned.values());
  return candidates(port, ports).find((candidate) => !used.has(candidate));
}

function candidates(port: number, { https, http, others }: BalancerPorts): readonly number[] {
  if (port === 443) return [https, ...others];
  return port === 80 ? [http, ...others] : others;
}
