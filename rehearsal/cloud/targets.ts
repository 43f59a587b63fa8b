import type { DesiredState, LoadBalancer, TargetGroup } from '../emulator/desired-state.ts';
import type { Target } from '../gateway/target-health.ts';
import { drainingTarget, newTarget, type TargetHealth, unusedTarget } from '../health/target.ts';
import type { FleetMember } from './member.ts';

/** Returns a member's health in each target group, by ARN, after what is registered now has been compared with it. */
export function registrationsOf({ instance, targets }: FleetMember, desired: DesiredState, now: number) {
  const balancers = balancersOf(desired);
  const known = desired.targetGroups.flatMap((group) => {
    const registered = group.targets.find((target) => target.instance === instance.id);
    const before = targets.get(group.arn);
    const after = registered
      ? registeredHealth(before, registered.port, balancers.has(group.arn), now)
      : before && deregisteredHealth(before, group, now);
    return after ? [[group.arn, after] as const] : [];
  });
  return new Map(known);
}

function registeredHealth(before: TargetHealth | undefined, port: number, isUsed: boolean, now: number): TargetHealth {
  if (!isUsed) return before?.state === 'unused' ? before : unusedTarget(port, now);
  const isKnown = before && before.port === port && before.state !== 'draining' && before.state !== 'unused';
  return isKnown ? before : newTarget(port, now);
}

function deregisteredHealth(
  before: TargetHealth,
  { drainSeconds }: TargetGroup,
  now: number,
): TargetHealth | undefined {
  if (before.state === 'unused') return undefined;
  if (before.state !== 'draining') return drainingTarget(before, drainSeconds, now);
  return before.dueAt > now ? before : undefined;
}

/** Returns the balancer of each target group that a listener forwards to, by the group's ARN. */
export function balancersOf({ loadBalancers }: DesiredState): Map<string, LoadBalancer> {
  const pairs = loadBalancers.flatMap((balancer) =>
    balancer.listeners
      .flatMap(({ rules }) => rules)
      .flatMap(({ action }) => (action.kind === 'forward' ? action.targets : []))
      .map(({ targetGroup }) => [targetGroup, balancer] as const),
  );
  return new Map(pairs);
}

/** Returns the targets of a target group that are members of the fleet. */
export function targetsOf(arn: string, members: Iterable<FleetMember>): Target[] {
  return [...members].flatMap(({ instance, state, targets }) => {
    const health = targets.get(arn);
    if (!health || state === 'ended') return [];
    const isLeaving = state === 'leaving' && health.state !== 'unused';
    return [{ instance: instance.id, health: isLeaving ? drainingTarget(health, 0, 0) : health }];
  });
}

/**
 * Returns where the requests of each target group go, as addresses with ports by the group's ARN: to its healthy targets,
 * or, like an Application Load Balancer, to the unhealthy ones where none is healthy.
 */
export function openTargets(members: Iterable<FleetMember>): Map<string, string[]> {
  const running = [...members].filter(({ state }) => state === 'running');
  const targets = running.flatMap(({ instance, targets }) =>
    [...targets].map(([arn, { state, port }]) => ({ arn, state, address: `${instance.address}:${port}` })),
  );
  const groups = Map.groupBy(targets, ({ arn }) => arn);
  return new Map(
    [...groups].map(([arn, found]) => {
      const healthy = found.filter(({ state }) => state === 'healthy');
      const open = healthy.length > 0 ? healthy : found.filter(({ state }) => state === 'unhealthy');
      return [arn, open.map(({ address }) => address).sort()];
    }),
  );
}
