import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import type { IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';
import { UserError } from '../../common/errors.ts';

/** An error about a resource that breaks one of the rules; the message names both. */
export class RuleError extends UserError {
  override readonly name = 'RuleError';
}

/** Refuses every resource that breaks a security rule. */
export class Guards implements IAspect {
  visit(node: IConstruct): void {
    for (const [isBroken, rule] of rules) {
      if (isBroken(node)) throw new RuleError(`${node.node.path}: ${rule}`);
    }
  }
}

type Rule = [isBroken: (node: IConstruct) => boolean, rule: string];

const rules: Rule[] = [
  [
    (node) => node instanceof LaunchTemplate && node.metadataOptions.httpTokensInput !== 'required',
    "metadataOptions.httpTokens: expected 'required' (machines answer IMDSv2 only)",
  ],
  [
    (node) => node instanceof LaunchTemplate && !disks(node).every((disk) => disk.ebs?.encrypted === 'true'),
    "blockDeviceMappings: expected every disk with ebs.encrypted 'true'",
  ],
  [
    (node) => node instanceof LaunchTemplate && node.keyNameInput !== undefined,
    'keyName: expected none (machines are reached by Session Manager, never by SSH)',
  ],
  [
    (node) =>
      node instanceof AutoscalingGroup && /^\$(Latest|Default)$/.test(node.launchTemplate.versionInput ?? '$Default'),
    "launchTemplate.version: expected a template's own version, which a plan can show, not $Latest or $Default",
  ],
  [
    (node) =>
      node instanceof VpcSecurityGroupIngressRule && isPublic(node) && ![80, 443].includes(node.fromPortInput ?? 0),
    'cidrIpv4: expected no ingress from the internet but on ports 80 and 443',
  ],
  [
    (node) => node instanceof VpcSecurityGroupIngressRule && isPublic(node) && node.fromPortInput !== node.toPortInput,
    'toPort: expected one port, not a range, for ingress from the internet',
  ],
  [
    (node) => node instanceof SecurityGroupRule || (node instanceof SecurityGroup && node.ingressInput !== undefined),
    'expected each ingress as a rule resource of its own, which these guards can check',
  ],
  [
    (node) => node instanceof S3Bucket && !has(node, S3BucketServerSideEncryptionConfigurationA),
    'expected a server-side encryption configuration beside the bucket',
  ],
  [
    (node) => node instanceof S3Bucket && !has(node, S3BucketPublicAccessBlock),
    'expected a public access block beside the bucket',
  ],
];

function disks(template: LaunchTemplate): { ebs?: { encrypted?: string } }[] {
  return (template.blockDeviceMappings.internalValue ?? []) as { ebs?: { encrypted?: string } }[];
}

function isPublic(rule: VpcSecurityGroupIngressRule): boolean {
  return rule.cidrIpv4Input === '0.0.0.0/0' || rule.cidrIpv6Input === '::/0';
}

function has(bucket: S3Bucket, kind: abstract new (...args: never[]) => IConstruct): boolean {
  return bucket.node.scope?.node.children.some((child) => child instanceof kind) ?? false;
}
