import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration,
  type AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { memoryMetric } from '../common/memory-metric.ts';
import type { Settings } from '../stages/settings.ts';
import { createLaunchTemplate, type LaunchTemplateProps } from './launch-template.ts';
import { instanceRefresh } from './machines.ts';

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
    this.group = this.#createGroup(props);
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

  #createGroup(props: FleetProps): AutoscalingGroup {
    const { size, schedules, healthCheckGraceSeconds } = props.settings;
    return new AutoscalingGroup(this, 'group', {
      name: props.name,
      minSize: size.min,
      maxSize: size.max,
      desiredCapacity: size.desired,
      vpcZoneIdentifier: props.subnetIds,
      targetGroupArns: [props.targetGroupArn],
      healthCheckType: 'ELB',
      healthCheckGracePeriod: healthCheckGraceSeconds,
      launchTemplate: { id: this.launchTemplate.id, version: Token.asString(this.launchTemplate.latestVersion) },
      // Replaces the machines when the template changes.
      instanceRefresh,
      // The commands wait for healthy machines themselves and show the progress of each.
      waitForCapacityTimeout: '0',
      tag: [{ key: 'Name', value: props.name, propagateAtLaunch: false }],
      // What scales the group changes them.
      lifecycle: { ignoreChanges: ['desired_capacity', ...(schedules.length > 0 ? ['min_size', 'max_size'] : [])] },
      dependsOn: props.dependsOn,
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
