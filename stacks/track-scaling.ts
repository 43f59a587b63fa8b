import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration,
  type AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule/index.js';
import type { Construct } from 'constructs';
import { memoryMetric } from '../common/memory-metric.ts';
import type { Settings } from '../stages/settings.ts';

export interface TrackScalingProps {
  /** The prefix of the policies' names. */
  name: string;
  /** The value of the dimension with which the machines of the stage publish how much memory they use. */
  fleet: string;
  /** The name of the Auto Scaling group. */
  group: string;
  /** The balancer and the target group, as a policy that counts requests names them. */
  requestLabel: string;
  settings: Settings['fleet'];
  schedules: Settings['fleet']['schedules'];
}

/** Adds what changes the size of a group: its targets and its schedules. */
export function scaleTrack(scope: Construct, props: TrackScalingProps): void {
  for (const [id, targetTrackingConfiguration] of Object.entries(targetsOf(props)))
    new AutoscalingPolicy(scope, id, {
      name: `${props.name}-${id}`,
      autoscalingGroupName: props.group,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration,
    });
  for (const { name, cron, timeZone, min, max, desired } of props.schedules)
    new AutoscalingSchedule(scope, `schedule-${name}`, {
      scheduledActionName: name,
      autoscalingGroupName: props.group,
      recurrence: cron,
      timeZone,
      // -1 leaves a size as it is.
      minSize: min ?? -1,
      maxSize: max ?? -1,
      desiredCapacity: desired ?? -1,
    });
}

function targetsOf(props: TrackScalingProps): Record<string, AutoscalingPolicyTargetTrackingConfiguration> {
  const { fleet, requestLabel, settings } = props;
  const { cpuTargetPercent, memoryTargetPercent, requestsPerMachine } = settings;
  return {
    'cpu-target': {
      predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      targetValue: cpuTargetPercent,
    },
    ...(memoryTargetPercent !== undefined && {
      'memory-target': { customizedMetricSpecification: memoryOf(fleet), targetValue: memoryTargetPercent },
    }),
    ...(requestsPerMachine !== undefined && {
      'request-target': {
        predefinedMetricSpecification: {
          predefinedMetricType: 'ALBRequestCountPerTarget',
          resourceLabel: requestLabel,
        },
        targetValue: requestsPerMachine,
      },
    }),
  };
}

function memoryOf(fleet: string): AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification {
  return {
    namespace: memoryMetric.namespace,
    metricName: memoryMetric.name,
    metricDimension: [{ name: memoryMetric.dimension, value: fleet }],
    statistic: 'Average',
  };
}
