import type { Alarm } from '../alarms/alarm.ts';
import type { AssessedAlarm } from '../alarms/alarm-watch.ts';
import { type Capacity, capacityAbove, capacityBelow } from './capacity.ts';
import type { ScalingGroup, TrackingPolicy } from './policy.ts';
import { trackingAlarmName } from './tracking-alarms.ts';

/** A capacity that a policy asks for. */
export interface Proposal {
  policy: TrackingPolicy;
  alarm: Alarm;
  capacity: number;
}

/** Decides what the policies of a group do: the largest capacity wins. Undefined if the capacity stays. */
export function decide(
  group: ScalingGroup,
  policies: readonly TrackingPolicy[],
  assessed: readonly AssessedAlarm[],
  warming: number,
): Proposal | undefined {
  const capacity = { desired: group.desired, warming };
  const proposals = [
    ...policies.flatMap((policy) => scaleOut(policy, assessed, capacity)),
    ...scaleIn(policies, assessed, capacity),
  ].map((proposal): Proposal => ({ ...proposal, capacity: within(group, proposal.capacity) }));
  const largest = proposals.reduce(larger, undefined);
  return largest?.capacity === group.desired ? undefined : largest;
}

function within({ minimum, maximum }: ScalingGroup, capacity: number): number {
  return Math.min(maximum, Math.max(minimum, capacity));
}

function larger(one: Proposal | undefined, other: Proposal): Proposal {
  return one && one.capacity >= other.capacity ? one : other;
}

function scaleOut(policy: TrackingPolicy, assessed: readonly AssessedAlarm[], capacity: Capacity): Proposal[] {
  const high = ringing(policy, 'High', assessed);
  if (!high?.isDue) return [];
  return [{ policy, alarm: high.alarm, capacity: capacityAbove(high.value, policy.target, capacity) }];
}

// Only if all policies that scale in agree; the one that wants the largest capacity decides.
function scaleIn(policies: readonly TrackingPolicy[], assessed: readonly AssessedAlarm[], capacity: Capacity) {
  const shrinking = policies.filter(({ scalesIn }) => scalesIn);
  const low = shrinking.flatMap((policy) => {
    const found = ringing(policy, 'Low', assessed);
    return found ? [{ policy, ...found }] : [];
  });
  if (low.length < shrinking.length || !low.some(({ isDue }) => isDue)) return [];
  const proposals = low.map(({ policy, alarm, value }) => {
    return { policy, alarm, capacity: capacityBelow(value, policy.target, capacity) };
  });
  return [proposals.reduce(larger)];
}

// Target tracking does not take missing data for low use.
function ringing(policy: TrackingPolicy, side: 'High' | 'Low', assessed: readonly AssessedAlarm[]) {
  const name = trackingAlarmName(policy, side);
  const found = assessed.find(({ alarm }) => alarm.name === name && alarm.state === 'ALARM');
  return found && found.value !== undefined ? { ...found, value: found.value } : undefined;
}
