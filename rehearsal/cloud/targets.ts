import type { World } from '../emulator/world.ts';
import type { Target } from '../gateway/target-health.ts';
import type { Member } from './roster.ts';

/** The targets of a target group as the balancer sees them; undefined where there is no such group. */
export function targetsOf(arn: string, world: World, members: Iterable<Member>): Target[] | undefined {
  const group = world.targetGroups.find((found) => found.arn === arn);
  if (!group) return undefined;
  return [...members].flatMap(({ instance, state, targets }) => {
    const health = targets.get(arn);
    if (!health || state === 'ended') return [];
    return [{ instance: instance.id, port: group.port, health: state === 'leaving' ? 'draining' : health }];
  });
}

/** The addresses that requests may be sent to, by the ARN of their target group. */
export function healthyTargets(members: Iterable<Member>): Map<string, string[]> {
  const addresses = [...members]
    .filter(({ state }) => state === 'running')
    .flatMap(({ instance, targets }) =>
      [...targets].flatMap(([arn, { state }]) => (state === 'healthy' ? [[arn, instance.address] as const] : [])),
    );
  const groups = Map.groupBy(addresses, ([arn]) => arn);
  return new Map([...groups].map(([arn, found]) => [arn, found.map(([, address]) => address)]));
}
