import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration,
  type AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { memoryMetric } from '../common/memory-metric.ts';
import type { Settings } from '../stages/settings.ts';
import { createLaunchTemplate, type LaunchTemplateProps } from './launch-template.ts';
import { createScalingGroup } from './scaling-group.ts';

export interface FleetProps extends Omit<LaunchTemplateProps, 'instanceType' | 'diskGigabytes'> {
  subnetIds: string[];
  targetGroupArn: string;
  /** The balancer and the target group, as a policy that counts requests names them. */
  requestLabel: string;
  settings: Settings['fleet'];
  /** The resources that machines need at boot. */
  dependsOn: ITerraformDependable[];
}

/** The machines of one release: their launch template, their Auto Scaling group, and what changes its size. */
export class Fleet extends Construct {
  readonly group: AutoscalingGroup;
  readonly launchTemplate: LaunchTemplate;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { settings, ...machine } = props;
    const { instanceType, diskGigabytes } = settings;
    this.launchTemplate = createLaunchTemplate(this, { ...machine, instanceType, diskGigabytes });
    this.group = createScalingGroup(this, {
      ...machine,
      template: this.launchTemplate,
      size: settings.size,
      healthCheckGraceSeconds: settings.healthCheckGraceSeconds,
      // What scales the group changes them.
      ignoreChanges: ['desired_capacity', ...(settings.schedules.length > 0 ? ['min_size', 'max_size'] : [])],
    });
    this.#scaleByTargets(props);
    this.#scaleBySchedule(props);
  }

  #scaleByTargets({ name, requestLabel, settings }: FleetProps): void {
    const { cpuTargetPercent, memoryTargetPercent, requestsPerMachine } = settings;
    this.#holdTarget('cpu-target', name, {
      predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
      targetValue: cpuTargetPercent,
    });
    if (memoryTargetPercent !== undefined)
      this.#holdTarget('memory-target', name, {
        customizedMetricSpecification: memoryOf(name),
        targetValue: memoryTargetPercent,
      });
    if (requestsPerMachine !== undefined)
      this.#holdTarget('request-target', name, {
        predefinedMetricSpecification: {
          predefinedMetricType: 'ALBRequestCountPerTarget',
          resourceLabel: requestLabel,
        },
        targetValue: requestsPerMachine,
      });
  }

  #holdTarget(id: string, name: string, configuration: AutoscalingPolicyTargetTrackingConfiguration): void {
    new AutoscalingPolicy(this, id, {
      name: `${name}-${id}`,
      autoscalingGroupName: this.group.name,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: configuration,
    });
  }

  #scaleBySchedule({ settings }: FleetProps): void {
    for (const { name, cron, timeZone, min, max, desired } of settings.schedules)
      new AutoscalingSchedule(this, `schedule-${name}`, {
        scheduledActionName: name,
        autoscalingGroupName: this.group.name,
        recurrence: cron,
        timeZone,
        // -1 leaves a size as it is.
        minSize: min ?? -1,
        maxSize: max ?? -1,
        desiredCapacity: desired ?? -1,
      });
  }
}

function memoryOf(group: string): AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification {
  return {
    namespace: memoryMetric.namespace,
    metricName: memoryMetric.name,
    metricDimension: [{ name: memoryMetric.dimension, value: group }],
    statistic: 'Average',
  };
}
