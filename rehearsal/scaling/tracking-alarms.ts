import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { sha256 } from '../../common/checksum.ts';
import type { TrackingPolicy } from './policy.ts';

/** Tells whether an alarm belongs to a target tracking policy, by its name. */
export function isTrackingAlarm(name: string): boolean {
  return name.startsWith('TargetTracking-');
}

/** The name of an alarm of a target tracking policy, of the same form as on AWS. */
export function trackingAlarmName({ arn, group }: TrackingPolicy, side: 'High' | 'Low'): string {
  const digest = sha256(`${arn} ${side}`);
  const id = [0, 8, 12, 16, 20].map((start, index) => digest.slice(start, [8, 12, 16, 20, 32][index])).join('-');
  return `TargetTracking-${group}-Alarm${side}-${id}`;
}

/** Returns the alarms by which a policy scales: out after three minutes above the target, in after fifteen well below it. */
export function trackingAlarms(policy: TrackingPolicy): PutMetricAlarmInput[] {
  const { arn, target, metric, lowShare, scalesIn } = policy;
  const common = {
    ...metric,
    AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${arn}.`,
    AlarmActions: [arn],
  };
  const high: PutMetricAlarmInput = {
    ...common,
    AlarmName: trackingAlarmName(policy, 'High'),
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: target,
    EvaluationPeriods: 3,
  };
  const low: PutMetricAlarmInput = {
    ...common,
    AlarmName: trackingAlarmName(policy, 'Low'),
    ComparisonOperator: 'LessThanThreshold',
    Threshold: lowShare * target,
    EvaluationPeriods: 15,
  };
  return scalesIn ? [high, low] : [high];
}
