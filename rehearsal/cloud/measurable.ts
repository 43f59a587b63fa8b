import { groupName } from '../balancer/group-maps.ts';
import type { DesiredInstance, DesiredState } from '../emulator/desired-state.ts';
import type { Measurable } from '../metrics/meter.ts';
import type { ScalingGroup } from '../scaling/policy.ts';
import type { FleetMember } from './member.ts';
import { balancersOf, targetsOf } from './targets.ts';

/** Returns the instances that do not count for their groups yet: their machines have not been in service for the warm-up. */
export function warmingOf(
  groups: readonly ScalingGroup[],
  members: Iterable<FleetMember>,
  secondsSince: (time: number) => number,
): DesiredInstance[] {
  const warmups = new Map(groups.map(({ name, warmupSeconds }) => [name, warmupSeconds]));
  return [...members].filter(isStaying).flatMap((member) => {
    const warmup = warmups.get(member.instance.group ?? '') ?? 0;
    const began = member.targets.size > 0 ? member.healthyAt : member.startedAt;
    return began && secondsSince(began.getTime()) >= warmup ? [] : [member.instance];
  });
}

/** Returns what is measured of a fleet. */
export function measurableOf(
  { desired, members }: { desired: DesiredState; members: ReadonlyMap<string, FleetMember> },
  warming: readonly DesiredInstance[],
): Measurable {
  const balancers = balancersOf(desired);
  const all = [...members.values()];
  return {
    machines: all.filter(isStaying).map(({ instance }) => {
      const { id, group, processors } = instance;
      return { id, group, processors, isWarming: warming.includes(instance) };
    }),
    targetGroups: desired.targetGroups.flatMap(({ arn, name }) => {
      const balancer = balancers.get(arn)?.id;
      const states = (targetsOf(arn, desired, all) ?? []).map(({ health }) => health.state);
      // arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/fleet/0a1b
      const targetGroup = arn.split(':').at(-1) ?? '';
      return balancer ? [{ balancer, targetGroup, choice: groupName(name), states }] : [];
    }),
  };
}

function isStaying({ state }: FleetMember): boolean {
  return state === 'booting' || state === 'running';
}
