import type {
  PredefinedMetricSpecification,
  ScalingPolicy,
  TargetTrackingConfiguration,
} from '@aws-sdk/client-auto-scaling';
import type { TrackedMetric, TrackingPolicy } from './policy.ts';

/** Converts a target tracking policy; undefined for one that the rehearsal does not carry out. */
export function trackingPolicyOf(found: ScalingPolicy): TrackingPolicy | undefined {
  const { PolicyName: name = '', PolicyARN: arn = '', AutoScalingGroupName: group = '' } = found;
  const configuration = found.TargetTrackingConfiguration;
  const metric = configuration && trackedMetric(configuration, group);
  if (!metric) return undefined;
  const { TargetValue: target = 0, DisableScaleIn } = configuration;
  return { name, arn, group, target, metric, scalesIn: !DisableScaleIn, lowShare: lowShareOf(configuration) };
}

// AWS documents neither share. Its alarms for an average CPU utilization of 50 % ring below 35 %, those of others below 90 %.
function lowShareOf({ PredefinedMetricSpecification: predefined }: TargetTrackingConfiguration): number {
  return predefined?.PredefinedMetricType === 'ASGAverageCPUUtilization' ? 0.7 : 0.9;
}

function trackedMetric(configuration: TargetTrackingConfiguration, group: string): TrackedMetric | undefined {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: custom } = configuration;
  if (predefined) return predefinedMetric(predefined, group);
  if (!custom?.Metrics?.length) {
    const { Namespace, MetricName, Dimensions, Statistic, Period = 60 } = custom ?? {};
    return custom && { Namespace, MetricName, Dimensions, Statistic, Period };
  }
  const queries = custom.Metrics.map(({ MetricStat, ...query }) => {
    return MetricStat ? { ...query, MetricStat: { ...MetricStat, Period: MetricStat.Period ?? 60 } } : query;
  });
  return { Metrics: queries as TrackedMetric['Metrics'] };
}

function predefinedMetric({ PredefinedMetricType, ResourceLabel = '' }: PredefinedMetricSpecification, group: string) {
  if (PredefinedMetricType === 'ASGAverageCPUUtilization') {
    const Dimensions = [{ Name: 'AutoScalingGroupName', Value: group }];
    return {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions,
      Statistic: 'Average' as const,
      Period: 60,
    };
  }
  if (PredefinedMetricType !== 'ALBRequestCountPerTarget') return undefined;
  // app/balancer/1/targetgroup/fleet/2
  const targetGroup = ResourceLabel.slice(ResourceLabel.indexOf('targetgroup/'));
  return {
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'RequestCountPerTarget',
    Dimensions: [{ Name: 'TargetGroup', Value: targetGroup }],
    Statistic: 'Sum' as const,
    Period: 60,
  };
}
