import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration,
  type AutoscalingPolicyTargetTrackingConfigurationCustomizedMetricSpecification,
} from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { AutoscalingSchedule } from '@cdktf/provider-aws/lib/autoscaling-schedule/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { memoryMetric } from '../common/memory-metric.ts';
import type { Settings } from '../stages/settings.ts';
import { instanceRefresh, type MachineImage } from './machines.ts';

export interface FleetProps {
  /** The group's name and the prefix of its launch templates' names. */
  name: string;
  /** The suffix of the launch template's name; changes with everything that machines boot with. */
  revision: string;
  image: MachineImage;
  /** The script that machines run at their first boot, as text. */
  userData: string;
  subnetIds: string[];
  securityGroupId: string;
  instanceProfileArn: string;
  targetGroupArn: string;
  /** The balancer and the target group, as a policy that counts requests names them. */
  requestLabel: string;
  /** The tags of every machine and its disk, beside `Name`. */
  tags: Record<string, string>;
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
    this.launchTemplate = this.#createTemplate(props);
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

  // Each revision has a template of its own, never a second version: what a machine booted from cannot change.
  #createTemplate(props: FleetProps): LaunchTemplate {
    const { image } = props;
    const { diskGigabytes: volumeSize } = props.settings;
    const disk = { encrypted: 'true', volumeType: 'gp3', volumeSize, deleteOnTermination: 'true' };
    const tags = { ...props.tags, Name: props.name };
    return new LaunchTemplate(this, 'launch-template', {
      name: `${props.name}-${props.revision}`,
      imageId: image.id,
      instanceType: props.settings.instanceType,
      userData: Buffer.from(props.userData).toString('base64'),
      iamInstanceProfile: { arn: props.instanceProfileArn },
      networkInterfaces: [
        { associatePublicIpAddress: 'true', deleteOnTermination: 'true', securityGroups: [props.securityGroupId] },
      ],
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{ deviceName: image.rootDevice, ebs: disk }],
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
      // A change of tags replaces no machine: those of the next revision have them.
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['tags', 'tag_specifications'] },
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
