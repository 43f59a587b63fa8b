import type { AssessedAlarm } from '../../../rehearsal/alarms/alarm-watch.ts';
import type { ScalingGroup, TrackingPolicy } from '../../../rehearsal/scaling/policy.ts';
import { trackingAlarmName } from '../../../rehearsal/scaling/tracking-alarms.ts';
import { alarm } from '../alarms/alarms.ts';

export const cpuOfFleet = {
  Namespace: 'AWS/EC2',
  MetricName: 'CPUUtilization',
  Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'fleet' }],
  Statistic: 'Average' as const,
  Period: 60,
};

/** A policy of the group `fleet` with a target of 50. */
export function policy(name: string, overrides: Partial<TrackingPolicy> = {}): TrackingPolicy {
  return {
    name,
    arn: `arn:policy/${name}`,
    group: 'fleet',
    target: 50,
    metric: cpuOfFleet,
    scalesIn: true,
    lowShare: 0.7,
    ...overrides,
  };
}

/** The group `fleet`, of 1 to 10 machines. */
export function scalingGroup(desired: number, overrides: Partial<ScalingGroup> = {}): ScalingGroup {
  return { name: 'fleet', minimum: 1, maximum: 10, desired, warmupSeconds: 60, suspended: [], ...overrides };
}

/** An alarm of a policy that rings, with its newest value. */
export function ringing(
  of: TrackingPolicy,
  side: 'High' | 'Low',
  value: number | undefined,
  isDue = true,
): AssessedAlarm {
  return {
    alarm: alarm({ name: trackingAlarmName(of, side), state: 'ALARM', reason: `${side} ${value}` }),
    value,
    isDue,
  };
}
