import type { PredefinedMetricSpecification, ScalingPolicy, TargetTrackingConfiguration } from '@aws-sdk/client-auto-scaling';
import type { AdjustmentType, Policy, TrackedMetric } from './policy.ts';

/** Converts a scaling policy; undefined for one that the rehearsal does not carry out. */
export function policyOf(found: ScalingPolicy, cooldownSeconds: number): Policy | undefined {
  const { PolicyName: name = '', PolicyARN: arn = '', AutoScalingGroupName: group = '' } = found;
  const common = { name, arn, group };
  if (found.PolicyType === 'TargetTrackingScaling') {
    const configuration = found.TargetTrackingConfiguration;
    const metric = configuration && trackedMetric(configuration, group);
    if (!metric) return undefined;
    const { TargetValue: target = 0, DisableScaleIn } = configuration;
    return { ...common, kind: 'tracking', target, metric, scalesIn: !DisableScaleIn, lowShare: lowShareOf(configuration) };
  }
  if (found.PolicyType !== 'StepScaling' && found.PolicyType !== 'SimpleScaling') return undefined;
  return {
    ...common,
    kind: found.PolicyType === 'StepScaling' ? 'step' : 'simple',
    type: found.AdjustmentType as AdjustmentType,
    steps: stepsOf(found),
    minimumMagnitude: found.MinAdjustmentMagnitude ?? 0,
    cooldownSeconds: found.Cooldown ?? cooldownSeconds,
  };
}

function stepsOf({ PolicyType, ScalingAdjustment = 0, StepAdjustments = [] }: ScalingPolicy) {
  const steps = PolicyType === 'SimpleScaling' ? [{ ScalingAdjustment }] : StepAdjustments;
  return steps.map((step) => ({
    lower: 'MetricIntervalLowerBound' in step ? Number(step.MetricIntervalLowerBound) : Number.NEGATIVE_INFINITY,
    upper: 'MetricIntervalUpperBound' in step ? Number(step.MetricIntervalUpperBound) : Number.POSITIVE_INFINITY,
    adjustment: step.ScalingAdjustment ?? 0,
  }));
}

// AWS documents neither share. Its alarms for an average CPU utilization of 50 % ring below 35 %, those of others below 90 %.
function lowShareOf({ PredefinedMetricSpecification: predefined }: TargetTrackingConfiguration): number {
  return predefined?.PredefinedMetricType === 'ASGAverageCPUUtilization' ? 0.7 : 0.9;
}

function trackedMetric(configuration: TargetTrackingConfiguration, group: string): TrackedMetric | undefined {
  const { PredefinedMetricSpecification: predefined, CustomizedMetricSpecification: custom } = configuration;
  if (predefined) return predefinedMetric(predefined, group);
  if (!custom?.Metrics?.length)
    return custom && { Namespace: custom.Namespace, MetricName: custom.MetricName, Dimensions: custom.Dimensions, Statistic: custom.Statistic, Period: custom.Period ?? 60 };
  const queries = custom.Metrics.map(({ MetricStat, ...query }) => {
    return MetricStat ? { ...query, MetricStat: { ...MetricStat, Period: MetricStat.Period ?? 60 } } : query;
  });
  return { Metrics: queries as TrackedMetric['Metrics'] };
}

function predefinedMetric({ PredefinedMetricType, ResourceLabel = '' }: PredefinedMetricSpecification, group: string) {
  if (PredefinedMetricType === 'ASGAverageCPUUtilization')
    return {
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: group }],
      Statistic: 'Average' as const,
      Period: 60,
    };
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
