import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';

/** An Auto Scaling group, as scaling sees it. */
export interface ScalingGroup {
  name: string;
  minimum: number;
  maximum: number;
  desired: number;
  /** How long a new machine does not count. */
  warmupSeconds: number;
  /** The names of its suspended processes. */
  suspended: string[];
}

/** What a target tracking policy watches, in the words of an alarm. */
export type TrackedMetric = Partial<PutMetricAlarmInput>;

/** A target tracking policy of an Auto Scaling group. */
export interface TrackingPolicy {
  name: string;
  arn: string;
  group: string;
  target: number;
  metric: TrackedMetric;
  scalesIn: boolean;
  /** The share of the target below which it scales in. */
  lowShare: number;
}
