import type { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { LbListenerRule } from '@cdktf/provider-aws/lib/lb-listener-rule/index.js';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { sha256 } from '../common/checksum.ts';
import type { Settings } from '../stages/settings.ts';
import { createLaunchTemplate, type LaunchTemplateProps } from './launch-template.ts';
import { monitoringName, monitoringTargetGroup } from './monitoring-names.ts';
import { createScalingGroup } from './scaling-group.ts';

export interface MonitoringProps
  extends Pick<LaunchTemplateProps, 'image' | 'userData' | 'securityGroupId' | 'instanceProfileArn' | 'tags'> {
  /** The name of the stack. */
  stack: string;
  vpcId: string;
  subnetIds: string[];
  /** The listener that the dashboard is reached by. */
  listenerArn: string;
  settings: Settings['monitoring'];
  healthCheckGraceSeconds: number;
  /** The resources that the machine needs at boot. */
  dependsOn: ITerraformDependable[];
}

/** The path of the dashboard, behind the load balancer and on the machine. */
const path = '/monitoring';

/** AWS allows five values in all conditions of a rule; two are paths. */
const addressesPerRule = 3;

/** A reboot, and Prometheus that reads its samples after it, take less than 100 s; a machine that is replaced loses its samples. */
const patience = { interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 10 };

/** A new machine is healthy before the old one goes. */
const instanceRefresh = {
  strategy: 'Rolling',
  preferences: { minHealthyPercentage: 100, maxHealthyPercentage: 150, skipMatching: true },
};

/** The monitoring machine, one that is replaced when it fails, and what lets some addresses reach it through the balancer. */
export class Monitoring extends Construct {
  readonly group: AutoscalingGroup;
  readonly targetGroup: LbTargetGroup;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.targetGroup = this.#createTargetGroup(props);
    this.group = this.#createGroup(props);
    this.#admit(props);
  }

  #createTargetGroup({ stack, vpcId }: MonitoringProps): LbTargetGroup {
    return new LbTargetGroup(this, 'target-group', {
      name: monitoringTargetGroup(stack),
      vpcId,
      port: 443,
      protocol: 'HTTPS',
      deregistrationDelay: '0',
      healthCheck: { path: `${path}/health`, protocol: 'HTTPS', matcher: '200', ...patience },
    });
  }

  #createGroup(props: MonitoringProps): AutoscalingGroup {
    const { settings, stack, subnetIds, healthCheckGraceSeconds, dependsOn, ...machine } = props;
    const { instanceType, diskGigabytes } = settings;
    const name = monitoringName(stack);
    const booted = { image: machine.image, instanceType, diskGigabytes, userData: machine.userData };
    const template = createLaunchTemplate(this, {
      ...{ ...machine, ...booted, name, revision: revisionOf(booted) },
      // A change of tags replaces no machine: the next one has them.
      ignoreChanges: ['tags', 'tag_specifications'],
    });
    return createScalingGroup(this, {
      ...{ name, template, size: { min: 1, max: 1 }, targetGroupArn: this.targetGroup.arn, instanceRefresh },
      ...{ subnetIds, healthCheckGraceSeconds, dependsOn },
    });
  }

  // Without a rule nobody reaches the dashboard.
  #admit({ listenerArn, settings: { allow } }: MonitoringProps): void {
    for (let first = 0; first < allow.length; first += addressesPerRule) {
      const number = first / addressesPerRule + 1;
      new LbListenerRule(this, `rule-${number}`, {
        listenerArn,
        priority: number,
        condition: [
          { pathPattern: { values: [path, `${path}/*`] } },
          { sourceIp: { values: allow.slice(first, first + addressesPerRule) } },
        ],
        action: [{ type: 'forward', targetGroupArn: this.targetGroup.arn }],
      });
    }
  }
}

type Booted = Pick<LaunchTemplateProps, 'image' | 'instanceType' | 'diskGigabytes' | 'userData'>;

/** Returns eight hexadecimal digits that change with everything that the machine boots with. */
function revisionOf({ image, instanceType, diskGigabytes, userData }: Booted): string {
  return sha256(JSON.stringify([userData, instanceType, image.id, diskGigabytes])).slice(0, 8);
}
