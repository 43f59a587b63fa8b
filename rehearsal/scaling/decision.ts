import type { Alarm } from '../alarms/alarm.ts';
import type { AssessedAlarm } from '../alarms/alarm-watch.ts';
import { adjustedCapacity, type Capacity, capacityAbove, capacityBelow, within } from './capacity.ts';
import type { Policy, ScalingGroup, SteppingPolicy, TrackingPolicy } from './policy.ts';
import { trackingAlarmName } from './tracking-alarms.ts';

/** A capacity that a policy asks for. */
export interface Proposal {
  policy: Policy;
  alarm: Alarm;
  capacity: number;
}

/** Decides what the policies of a group do: the largest capacity wins. Undefined if the capacity stays. */
export function decide(
  group: ScalingGroup,
  policies: readonly Policy[],
  assessed: readonly AssessedAlarm[],
  warming: number,
): Proposal | undefined {
  const capacity = { desired: group.desired, warming: Math.min(warming, group.desired) };
  const tracking = policies.filter((policy) => policy.kind === 'tracking');
  const proposals = [
    ...policies.flatMap((policy) => (policy.kind === 'tracking' ? [] : stepping(policy, assessed, capacity))),
    ...tracking.flatMap((policy) => scaleOut(policy, assessed, capacity)),
    ...scaleIn(tracking, assessed, capacity),
  ].map((proposal) => ({ ...proposal, capacity: within(group, proposal.capacity) }));
  const [largest] = proposals
    .filter((proposal) => proposal.capacity !== group.desired)
    .sort((left, right) => right.capacity - left.capacity);
  return largest;
}

function stepping(policy: SteppingPolicy, assessed: readonly AssessedAlarm[], capacity: Capacity): Proposal[] {
  return assessed
    .filter(({ alarm, isDue }) => isDue && alarm.actions[alarm.state].includes(policy.arn))
    .map(({ alarm, value = alarm.threshold }) => {
      return { policy, alarm, capacity: adjustedCapacity(policy, value - alarm.threshold, capacity) };
    });
}

function scaleOut(policy: TrackingPolicy, assessed: readonly AssessedAlarm[], capacity: Capacity): Proposal[] {
  const high = ringing(policy, 'High', assessed);
  if (!high?.isDue) return [];
  return [{ policy, alarm: high.alarm, capacity: capacityAbove(high.value, policy.target, capacity) }];
}

// Only if all policies that scale in agree; the one that wants the largest capacity decides.
function scaleIn(tracking: readonly TrackingPolicy[], assessed: readonly AssessedAlarm[], capacity: Capacity) {
  const proposals = tracking
    .filter(({ scalesIn }) => scalesIn)
    .map((policy) => {
      const low = ringing(policy, 'Low', assessed);
      return (
        low && {
          policy,
          alarm: low.alarm,
          isDue: low.isDue,
          capacity: capacityBelow(low.value, policy.target, capacity),
        }
      );
    })
    .filter((proposal) => proposal !== undefined);
  const isAgreed = proposals.length === tracking.filter(({ scalesIn }) => scalesIn).length;
  if (!isAgreed || !proposals.some(({ isDue }) => isDue)) return [];
  return proposals.sort((left, right) => right.capacity - left.capacity).slice(0, 1);
}

// Target tracking does not take missing data for low use.
function ringing(policy: TrackingPolicy, side: 'High' | 'Low', assessed: readonly AssessedAlarm[]) {
  const name = trackingAlarmName(policy, side);
  const found = assessed.find(({ alarm }) => alarm.name === name && alarm.state === 'ALARM');
  return found && found.value !== undefined ? { ...found, value: found.value } : undefined;
}
