import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';

/** An Auto Scaling group, as scaling sees it. */
export interface ScalingGroup {
  name: string;
  minimum: number;
  maximum: number;
  desired: number;
  cooldownSeconds: number;
  /** How long a new machine does not count. */
  warmupSeconds: number;
  /** The names of its suspended processes. */
  suspended: string[];
  /** The names of the group metrics that are collected. */
  collected: string[];
}

/** A step of a policy, for metrics whose distance from the alarm's threshold is within its bounds. */
export interface Step {
  lower: number;
  upper: number;
  adjustment: number;
}

export type AdjustmentType = 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';

/** What a target tracking policy watches, in the words of an alarm. */
export type TrackedMetric = Partial<PutMetricAlarmInput>;

/** A scaling policy of an Auto Scaling group. */
export type Policy = { name: string; arn: string; group: string } & (
  | { kind: 'tracking'; target: number; metric: TrackedMetric; scalesIn: boolean; lowShare: number }
  | { kind: 'step' | 'simple'; type: AdjustmentType; steps: Step[]; minimumMagnitude: number; cooldownSeconds: number }
);

export type TrackingPolicy = Extract<Policy, { kind: 'tracking' }>;
export type SteppingPolicy = Extract<Policy, { steps: Step[] }>;
