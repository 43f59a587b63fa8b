import { AutoscalingGroup } from '@cdktf/provider-aws/lib/autoscaling-group/index.js';
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

/** Synthesizes a stack of what `build` puts into it, under the rules. */
function guarded(build: (stack: TerraformStack) => void): void {
  const stack = new TerraformStack(Testing.app(), 'stack');
  build(stack);
  Aspects.of(stack).add(new Guards());
  Testing.synth(stack);
}

const disk = { deviceName: '/dev/xvda', ebs: { encrypted: 'true' } };
const good: LaunchTemplateConfig = { metadataOptions: { httpTokens: 'required' }, blockDeviceMappings: [disk] };
const template = (config: LaunchTemplateConfig) => (stack: TerraformStack) => {
  new LaunchTemplate(stack, 'thing', config);
};

const group = (launchTemplate: { version?: string }) => (stack: TerraformStack) => {
  new AutoscalingGroup(stack, 'thing', { minSize: 1, maxSize: 1, launchTemplate: { id: 'lt-1', ...launchTemplate } });
};

const ingress = (from: object, fromPort: number, toPort: number) => (stack: TerraformStack) => {
  new VpcSecurityGroupIngressRule(stack, 'thing', {
    securityGroupId: 'sg-1',
    ipProtocol: 'tcp',
    fromPort,
    toPort,
    ...from,
  });
};
const world = { cidrIpv4: '0.0.0.0/0' };
const world6 = { cidrIpv6: '::/0' };

const bucket = (encrypted: boolean, blocked: boolean) => (stack: TerraformStack) => {
  new S3Bucket(stack, 'thing', {});
  if (encrypted) new S3BucketServerSideEncryptionConfigurationA(stack, 'encryption', { bucket: 'b', rule: [{}] });
  if (blocked) new S3BucketPublicAccessBlock(stack, 'block', { bucket: 'b' });
};

const accepted = {
  'a launch template as it ought to be': template(good),
  'a version of a template': group({ version: '3' }),
  'the world on 80': ingress(world, 80, 80),
  'the world on 443, by IPv6': ingress(world6, 443, 443),
  'a network on any port': ingress({ cidrIpv4: '10.0.0.0/8' }, 0, 65535),
  'a bucket that is encrypted and private': bucket(true, true),
  'a security group without rules of its own': (stack: TerraformStack) => void new SecurityGroup(stack, 'thing', {}),
};

for (const [what, build] of Object.entries(accepted)) {
  test(`accepted: ${what}`, (t) => {
    t.notThrows(() => guarded(build));
  });
}

const tokens = "metadataOptions.httpTokens: expected 'required' (machines answer IMDSv2 only)";
const encrypted = "blockDeviceMappings: expected every disk with ebs.encrypted 'true'";
const version =
  "launchTemplate.version: expected a template's own version, which a plan can show, not $Latest or $Default";
const wayIn = 'cidrIpv4: expected no way in from the whole world but on 80 and 443';
const readable = 'expected each way in as an ingress rule of its own, which these rules can read';

const refused: Record<string, [build: (stack: TerraformStack) => void, rule: string]> = {
  'metadata of version 1': [template({ ...good, metadataOptions: { httpTokens: 'optional' } }), tokens],
  'metadata as AWS would have it': [template({ blockDeviceMappings: [disk] }), tokens],
  'an open disk beside an encrypted one': [
    template({ ...good, blockDeviceMappings: [disk, { deviceName: '/dev/xvdb', ebs: { encrypted: 'false' } }] }),
    encrypted,
  ],
  'a disk without a word on encryption': [
    template({ ...good, blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: {} }] }),
    encrypted,
  ],
  'a key for SSH': [
    template({ ...good, keyName: 'mine' }),
    'keyName: expected none (machines are reached by Session Manager, never by SSH)',
  ],
  'the latest version': [group({ version: '$Latest' }), version],
  'the default version': [group({ version: '$Default' }), version],
  'no version, which is the default one': [group({}), version],
  'the world on 22': [ingress(world, 22, 22), wayIn],
  'the world on 22, by IPv6': [ingress(world6, 22, 22), wayIn],
  'the world on many ports from 80': [
    ingress(world, 80, 8080),
    'toPort: expected one port, not a range, where the whole world may enter',
  ],
  'a way in within a group': [
    (stack) => {
      const rule = { fromPort: 22, toPort: 22, protocol: 'tcp', cidrBlocks: ['0.0.0.0/0'] };
      new SecurityGroup(stack, 'thing', { ingress: [rule] });
    },
    readable,
  ],
  'a rule of the old kind': [
    (stack) => {
      const ports = { fromPort: 22, toPort: 22, protocol: 'tcp' };
      new SecurityGroupRule(stack, 'thing', { type: 'ingress', securityGroupId: 'sg-1', ...ports });
    },
    readable,
  ],
  'a bucket in the clear': [bucket(false, true), 'expected a server-side encryption configuration beside the bucket'],
  'a bucket that may be public': [bucket(true, false), 'expected a public access block beside the bucket'],
};

for (const [what, [build, rule]] of Object.entries(refused)) {
  test(`refused: ${what}`, (t) => {
    t.throws(() => guarded(build), { instanceOf: RuleError, message: `stack/thing: ${rule}` });
  });
}
