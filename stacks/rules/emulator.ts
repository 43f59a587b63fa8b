import { AutoscalingPolicy } from '@cdktf/provider-aws/lib/autoscaling-policy/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

/**
 * Avoids attributes that the rehearsal's emulator stores wrongly, or every plan would show changes of them. Affects neither
 * machines nor traffic.
 */
export class EmulatorQuirks implements IAspect {
  readonly #keepsTemplateTags: boolean;

  constructor(keepsTemplateTags: boolean) {
    this.#keepsTemplateTags = keepsTemplateTags;
  }

  visit(node: IConstruct): void {
    // The emulator of earlier versions returns a template's own tags as tags of its machines.
    if (node instanceof LaunchTemplate && !this.#keepsTemplateTags) node.resetTags();
    // It forgets the description of a rule whose peer is a security group.
    if (isRule(node) && node.referencedSecurityGroupIdInput !== undefined) node.resetDescription();
    if (node instanceof AutoscalingPolicy) {
      node.lifecycle = { ignoreChanges: ['enabled', 'predictive_scaling_configuration'] };
    }
  }
}

function isRule(node: IConstruct): node is VpcSecurityGroupIngressRule | VpcSecurityGroupEgressRule {
  return node instanceof VpcSecurityGroupIngressRule || node instanceof VpcSecurityGroupEgressRule;
}
