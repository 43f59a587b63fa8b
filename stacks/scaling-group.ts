import {
  AutoscalingGroup,
  type AutoscalingGroupInstanceRefresh,
} from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

export interface ScalingGroupProps {
  name: string;
  /** The smallest and the largest number of machines; the group chooses between them. */
  size: { min: number; max: number };
  template: LaunchTemplate;
  subnetIds: string[];
  targetGroupArn: string;
  healthCheckGraceSeconds: number;
  /** How a new template replaces machines; without it, those that run stay. */
  instanceRefresh?: AutoscalingGroupInstanceRefresh;
  /** The attributes that something else than Terraform changes. */
  ignoreChanges?: string[];
  /** The resources that machines need at boot. */
  dependsOn: ITerraformDependable[];
}

/** An Auto Scaling group behind a target group, whose health checks decide. */
export function createScalingGroup(scope: Construct, props: ScalingGroupProps): AutoscalingGroup {
  const { name, size, template, instanceRefresh, ignoreChanges } = props;
  return new AutoscalingGroup(scope, 'group', {
    name,
    minSize: size.min,
    maxSize: size.max,
    vpcZoneIdentifier: props.subnetIds,
    targetGroupArns: [props.targetGroupArn],
    healthCheckType: 'ELB',
    healthCheckGracePeriod: props.healthCheckGraceSeconds,
    // A template has one version.
    launchTemplate: { id: template.id, version: '1' },
    ...(instanceRefresh && { instanceRefresh }),
    // The commands wait for healthy machines themselves and show the progress of each.
    waitForCapacityTimeout: '0',
    tag: [{ key: 'Name', value: name, propagateAtLaunch: false }],
    ...(ignoreChanges && { lifecycle: { ignoreChanges } }),
    dependsOn: props.dependsOn,
  });
}
