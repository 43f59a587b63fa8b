import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { DefaultTokenResolver, type IAspect, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';
import { UserError } from '../../common/errors.ts';
import { isPrivateNetwork } from '../../common/private-network.ts';

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
    (node) => node instanceof LaunchTemplate && !areEncrypted(disks(node)),
    "blockDeviceMappings: expected the root disk, and every disk with ebs.encrypted 'true'",
  ],
  [
    (node) => node instanceof LaunchTemplate && node.keyNameInput !== undefined,
    'keyName: expected none (nobody logs in to machines by SSH)',
  ],
  [
    (node) =>
      node instanceof AutoscalingGroup && /^\$(Latest|Default)$/.test(node.launchTemplate.versionInput ?? '$Default'),
    "launchTemplate.version: expected a template's own version, which a plan can show, not $Latest or $Default",
  ],
  [
    (node) =>
      node instanceof VpcSecurityGroupIngressRule && isPublic(node) && ![80, 443].includes(node.fromPortInput ?? 0),
    'expected ingress on other ports than 80 and 443 from security groups and private networks alone',
  ],
  [
    (node) => node instanceof VpcSecurityGroupIngressRule && isPublic(node) && node.fromPortInput !== node.toPortInput,
    'toPort: expected one port, not a range, for ingress from outside of security groups and private networks',
  ],
  [
    (node) => node instanceof SecurityGroupRule || (node instanceof SecurityGroup && node.ingressInput !== undefined),
    'expected each ingress as a rule resource of its own, which these guards can check',
  ],
  [
    (node) => node instanceof S3Bucket && !has(node, S3BucketServerSideEncryptionConfigurationA),
    'expected a server-side encryption configuration of this bucket',
  ],
  [
    (node) => node instanceof S3Bucket && !has(node, S3BucketPublicAccessBlock),
    'expected a public access block of this bucket',
  ],
  [
    (node) => node instanceof CloudwatchLogGroup && !node.retentionInDaysInput,
    'retentionInDays: expected a number of days (else lines are kept, and paid for, for ever)',
  ],
];

function disks(template: LaunchTemplate): { ebs?: { encrypted?: string } }[] {
  return (template.blockDeviceMappings.internalValue ?? []) as { ebs?: { encrypted?: string } }[];
}

// A template without a mapping takes over that of its image, which may be plain.
function areEncrypted(mappings: ReturnType<typeof disks>): boolean {
  return mappings.length > 0 && mappings.every(({ ebs }) => ebs?.encrypted === 'true');
}

// Prefix lists count as public: what is in them can change.
function isPublic({ cidrIpv4Input, cidrIpv6Input, prefixListIdInput }: VpcSecurityGroupIngressRule): boolean {
  const networks = [cidrIpv4Input, cidrIpv6Input].filter((cidr) => cidr !== undefined);
  return prefixListIdInput !== undefined || !networks.every(isPrivateNetwork);
}

type Protection = abstract new (...args: never[]) => IConstruct & { bucketInput?: string | undefined };

/** Tells whether one of the constructs in the bucket's stack protects this bucket, not another one. */
function has(bucket: S3Bucket, kind: Protection): boolean {
  const { cdktfStack: stack } = bucket;
  const resolve = (value: unknown) => Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
  const names = [bucket.id, bucket.bucketInput].filter((name) => name !== undefined).map(resolve);
  return stack.node.findAll().some((child) => child instanceof kind && names.includes(resolve(child.bucketInput)));
}

const resolver = new DefaultTokenResolver(new StringConcat());
