import type { DesiredState } from '../emulator/desired-state.ts';
import type { Target } from '../gateway/target-health.ts';
import type { FleetMember } from './member.ts';

/** Returns the targets of a target group; undefined if there is no such group. */
export function targetsOf(arn: string, desired: DesiredState, members: Iterable<FleetMember>): Target[] | undefined {
  const group = desired.targetGroups.find((found) => found.arn === arn);
  if (!group) return undefined;
  return [...members].flatMap(({ instance, state, targets }) => {
    const health = targets.get(arn);
    if (!health || state === 'ended') return [];
    return [{ instance: instance.id, port: group.port, health: state === 'leaving' ? 'draining' : health }];
  });
}

/** Returns the addresses of the running, healthy members of each target group, by its ARN. */
export function healthyTargets(members: Iterable<FleetMember>): Map<string, string[]> {
  const addresses = [...members]
    .filter(({ state }) => state === 'running')
    .flatMap(({ instance, targets }) =>
      [...targets].flatMap(([arn, { state }]) => (state === 'healthy' ? [[arn, instance.address] as const] : [])),
    );
  const groups = Map.groupBy(addresses, ([arn]) => arn);
  return new Map([...groups].map(([arn, found]) => [arn, found.map(([, address]) => address)]));
}
