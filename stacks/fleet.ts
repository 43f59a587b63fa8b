import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
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
  /** The tags of every machine and its disk, beside `Name`. */
  tags: Record<string, string>;
  settings: Settings['fleet'];
  /** The resources that machines need at boot. */
  dependsOn: ITerraformDependable[];
}

/** The machines of one release: their launch template, their Auto Scaling group and its CPU target. */
export class Fleet extends Construct {
  readonly group: AutoscalingGroup;
  readonly launchTemplate: LaunchTemplate;

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    this.launchTemplate = this.#createTemplate(props);
    this.group = this.#createGroup(props);
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
      // Replaces the machines when the template changes.
      instanceRefresh,
      // The commands wait for healthy machines themselves and show the progress of each.
      waitForCapacityTimeout: '0',
      tag: [{ key: 'Name', value: props.name, propagateAtLaunch: false }],
      // The CPU target changes it.
      lifecycle: { ignoreChanges: ['desired_capacity'] },
      dependsOn: props.dependsOn,
    });
  }
}
