import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { DataAwsAmi } from '@cdktf/provider-aws/lib/data-aws-ami/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Settings } from '../stages/settings.ts';

/** How machines are replaced: none goes before a new one is healthy, and those that are right already stay. */
export const refreshPreferences = { minHealthyPercentage: 100, maxHealthyPercentage: 150, skipMatching: true };

export interface FleetProps {
  /** Name of the group and prefix of its launch templates' names. */
  name: string;
  /** Names the launch template: changes whenever what machines boot with changes. */
  revision: string;
  /** The script that machines run at their first boot, as text. */
  userData: string;
  subnetIds: string[];
  securityGroupId: string;
  instanceProfileArn: string;
  targetGroupArn: string;
  /** Given to every machine and its disk, beside its name. */
  tags: Record<string, string>;
  settings: Settings['fleet'];
  /** What machines need when they boot. */
  dependsOn: ITerraformDependable[];
}

/** Machines of one release: a launch template of their own, the group that keeps them alive, and its CPU target. */
export class Fleet extends Construct {
  readonly group: AutoscalingGroup;
  readonly launchTemplate: LaunchTemplate;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    this.launchTemplate = this.#template(props);
    this.group = this.#scalingGroup(props);
    new AutoscalingPolicy(this, 'cpu-target', {
      name: `${props.name}-cpu-target`,
      autoscalingGroupName: this.group.name,
      policyType: 'TargetTrackingScaling',
      targetTrackingConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ASGAverageCPUUtilization' },
        targetValue: props.settings.cpuTargetPercent,
      },
    });
  }

  // One template for each revision, never a second version of one: what a machine booted from can't change under it.
  #template(props: FleetProps): LaunchTemplate {
    const image = this.#image(props.settings.image);
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
      blockDeviceMappings: [
        {
          deviceName: image.rootDeviceName,
          ebs: {
            encrypted: 'true',
            volumeType: 'gp3',
            volumeSize: props.settings.diskGigabytes,
            deleteOnTermination: 'true',
          },
        },
      ],
      tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  #image({ owner, name }: Settings['fleet']['image']): DataAwsAmi {
    return new DataAwsAmi(this, 'image', {
      owners: [owner],
      mostRecent: true,
      filter: [
        { name: 'name', values: [name] },
        { name: 'virtualization-type', values: ['hvm'] },
      ],
    });
  }

  #scalingGroup(props: FleetProps): AutoscalingGroup {
    const { size, healthCheckGraceSeconds } = props.settings;
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
      // A change of the template replaces the machines one after another, each new one healthy before an old one goes.
      instanceRefresh: {
        strategy: 'Rolling',
        preferences: refreshPreferences,
      },
      // The commands wait for healthy machines themselves, and show each one on its way.
      waitForCapacityTimeout: '0',
      tag: [{ key: 'Name', value: props.name, propagateAtLaunch: false }],
      // The CPU target moves it.
      lifecycle: { ignoreChanges: ['desired_capacity'] },
      dependsOn: props.dependsOn,
    });
  }
}
