import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { LaunchTemplate, type LaunchTemplateConfig } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { SecurityGroupRule } from '@cdktf/provider-aws/lib/security-group-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import test from 'ava';
import { Aspects, TerraformStack, Testing } from 'cdktf';
import { Guards, RuleError } from '../../../stacks/rules/guards.ts';

type Build = (stack: TerraformStack) => void;

/** Synthesizes a stack of the resources that `build` adds, under the rules. */
function guarded(build: Build): void {
  const stack = new TerraformStack(Testing.app(), 'stack');
  build(stack);
  Aspects.of(stack).add(new Guards());
  Testing.synth(stack);
}

const disk = { deviceName: '/dev/xvda', ebs: { encrypted: 'true' } };
const plainDisk = { deviceName: '/dev/xvdb', ebs: { encrypted: 'false' } };
const bareDisk = { deviceName: '/dev/xvda', ebs: {} };
const good: LaunchTemplateConfig = { metadataOptions: { httpTokens: 'required' }, blockDeviceMappings: [disk] };

function template(config: LaunchTemplateConfig): Build {
  return (stack) => void new LaunchTemplate(stack, 'thing', config);
}

function group(version?: string): Build {
  const launchTemplate = version === undefined ? { id: 'lt-1' } : { id: 'lt-1', version };
  return (stack) => void new AutoscalingGroup(stack, 'thing', { minSize: 1, maxSize: 1, launchTemplate });
}

const ssh = { fromPort: 22, toPort: 22, protocol: 'tcp' };
const internet = { cidrIpv4: '0.0.0.0/0' };
const internet6 = { cidrIpv6: '::/0' };

function ingress(from: object, fromPort?: number, toPort?: number): Build {
  const ports = fromPort && toPort ? { ipProtocol: 'tcp', fromPort, toPort } : { ipProtocol: '-1' };
  const rule = { securityGroupId: 'sg-1', ...ports, ...from };
  return (stack) => void new VpcSecurityGroupIngressRule(stack, 'thing', rule);
}

function logGroup(retentionInDays?: number): Build {
  const retention = retentionInDays === undefined ? {} : { retentionInDays };
  return (stack) => void new CloudwatchLogGroup(stack, 'thing', { name: '/fleet', ...retention });
}

function bucket(encrypted: boolean, blocked: boolean): Build {
  return (stack) => {
    const other = new S3Bucket(stack, 'other', { bucket: 'other' });
    const { id } = new S3Bucket(stack, 'thing', {});
    new S3BucketServerSideEncryptionConfigurationA(stack, 'other-encryption', { bucket: 'other', rule: [{}] });
    new S3BucketPublicAccessBlock(stack, 'other-block', { bucket: other.id });
    if (encrypted) new S3BucketServerSideEncryptionConfigurationA(stack, 'encryption', { bucket: id, rule: [{}] });
    if (blocked) new S3BucketPublicAccessBlock(stack, 'block', { bucket: id });
  };
}

const accepted: Record<string, Build> = {
  'a launch template that keeps every rule': template(good),
  'a numbered version of a template': group('3'),
  'the internet on port 80': ingress(internet, 80, 80),
  'the internet on port 443, by IPv6': ingress(internet6, 443, 443),
  'a private network on any port': ingress({ cidrIpv4: '10.0.0.0/8' }, 1, 65535),
  'a private network on any port, by IPv6': ingress({ cidrIpv6: 'fd00::/8' }, 1, 65535),
  'a security group on any port': ingress({ referencedSecurityGroupId: 'sg-2' }, 1, 65535),
  'an encrypted, private bucket': bucket(true, true),
  'a log group whose lines expire': logGroup(30),
  'a security group without rules of its own': (stack) => void new SecurityGroup(stack, 'thing', {}),
};

for (const [title, build] of Object.entries(accepted)) {
  test(`accepted: ${title}`, (t) => {
    t.notThrows(() => guarded(build));
  });
}

const tokens = "metadataOptions.httpTokens: expected 'required' (machines answer IMDSv2 only)";
const encrypted = "blockDeviceMappings: expected the root disk, and every disk with ebs.encrypted 'true'";
const expiry = 'retentionInDays: expected a number of days (else lines are kept, and paid for, for ever)';
const noKey = 'keyName: expected none (nobody logs in to machines by SSH)';
const encryption = 'expected a server-side encryption configuration of this bucket';
const version =
  "launchTemplate.version: expected a template's own version, which a plan can show, not $Latest or $Default";
const ports = 'expected ingress on other ports than 80 and 443 from security groups and private networks alone';
const ownRule = 'expected each ingress as a rule resource of its own, which these guards can check';

const refused: Record<string, [build: Build, rule: string]> = {
  'a metadata service of version 1': [template({ ...good, metadataOptions: { httpTokens: 'optional' } }), tokens],
  'a metadata service with the default of AWS': [template({ blockDeviceMappings: [disk] }), tokens],
  'a plain disk beside an encrypted one': [template({ ...good, blockDeviceMappings: [disk, plainDisk] }), encrypted],
  'a disk without a setting for encryption': [template({ ...good, blockDeviceMappings: [bareDisk] }), encrypted],
  'no disk, which means that of the image': [template({ metadataOptions: { httpTokens: 'required' } }), encrypted],
  'a log group without an expiry': [logGroup(), expiry],
  'a log group that never expires': [logGroup(0), expiry],
  'a key for SSH': [template({ ...good, keyName: 'mine' }), noKey],
  'the latest version': [group('$Latest'), version],
  'the default version': [group('$Default'), version],
  'no version, which means the default version': [group(), version],
  'the internet on port 22': [ingress(internet, 22, 22), ports],
  'the internet on port 22, by IPv6': [ingress(internet6, 22, 22), ports],
  'half of the internet on port 22': [ingress({ cidrIpv4: '0.0.0.0/1' }, 22, 22), ports],
  'one public address on port 22': [ingress({ cidrIpv4: '203.0.113.7/32' }, 22, 22), ports],
  'a network that is private in part on port 22': [ingress({ cidrIpv4: '10.0.0.0/7' }, 22, 22), ports],
  'a list of networks on port 22': [ingress({ prefixListId: 'pl-1' }, 22, 22), ports],
  'the internet on all ports': [ingress(internet), ports],
  'the internet on a range of ports from 80': [
    ingress(internet, 80, 8080),
    'toPort: expected one port, not a range, for ingress from outside of security groups and private networks',
  ],
  'an ingress within a security group': [
    (stack) => void new SecurityGroup(stack, 'thing', { ingress: [{ ...ssh, cidrBlocks: ['0.0.0.0/0'] }] }),
    ownRule,
  ],
  'a security group rule of the old kind': [
    (stack) => void new SecurityGroupRule(stack, 'thing', { type: 'ingress', securityGroupId: 'sg-1', ...ssh }),
    ownRule,
  ],
  'a bucket without encryption': [bucket(false, true), encryption],
  'a bucket without a public access block': [bucket(true, false), 'expected a public access block of this bucket'],
};

for (const [title, [build, rule]] of Object.entries(refused)) {
  test(`refused: ${title}`, (t) => {
    t.throws(() => guarded(build), { instanceOf: RuleError, message: `stack/thing: ${rule}` });
  });
}
