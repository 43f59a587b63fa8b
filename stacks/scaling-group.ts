import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { type ITerraformDependable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { instanceRefresh } from './machines.ts';

export interface ScalingGroupProps {
  name: string;
  /** The numbers of machines; the desired one is the group's own to choose where it is not given. */
  size: { min: number; max: number; desired?: number };
  template: LaunchTemplate;
  subnetIds: string[];
  targetGroupArn: string;
  healthCheckGraceSeconds: number;
  /** The attributes that something else than Terraform changes. */
  ignoreChanges?: string[];
  /** The resources that machines need at boot. */
  dependsOn: ITerraformDependable[];
}

/** An Auto Scaling group behind a target group, whose health checks decide; a new template replaces its machines. */
export function createScalingGroup(scope: Construct, props: ScalingGroupProps): AutoscalingGroup {
  const { name, size, template, ignoreChanges } = props;
  return new AutoscalingGroup(scope, 'group', {
    name,
    minSize: size.min,
    maxSize: size.max,
    ...(size.desired !== undefined && { desiredCapacity: size.desired }),
    vpcZoneIdentifier: props.subnetIds,
    targetGroupArns: [props.targetGroupArn],
    healthCheckType: 'ELB',
    healthCheckGracePeriod: props.healthCheckGraceSeconds,
    launchTemplate: { id: template.id, version: Token.asString(template.latestVersion) },
    instanceRefresh,
    // The commands wait for healthy machines themselves and show the progress of each.
    waitForCapacityTimeout: '0',
    tag: [{ key: 'Name', value: name, propagateAtLaunch: false }],
    ...(ignoreChanges && { lifecycle: { ignoreChanges } }),
    dependsOn: props.dependsOn,
  });
}
