import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import test from 'ava';
import { Aspects, TerraformStack, Testing } from 'cdktf';
import { Tags } from '../../../stacks/rules/tags.ts';
import { production, rehearsal, synthesized } from '../synthesized.ts';

// The resource types of the stack that cannot carry tags; AWS makes the default group, not the stage.
const untaggable = new Set([
  'aws_acm_certificate_validation',
  'aws_autoscaling_policy',
  'aws_cloudwatch_dashboard',
  'aws_default_security_group',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_route53_record',
  'aws_route_table_association',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
]);

const standard = { Project: 'intent-fleet', Stage: 'production', ManagedBy: 'terraform' };

test('every resource that can carry tags has them', (t) => {
  // The tags of a group are blocks.
  const { aws_autoscaling_group: _, ...others } = synthesized(production()).resource;
  for (const [type, found] of Object.entries(others)) {
    for (const [name, { tags }] of Object.entries(found)) {
      if (untaggable.has(type)) t.is(tags, undefined, `${type}.${name}`);
      else t.like(tags, standard, `${type}.${name}`);
    }
  }
});

test("a stage's own tags are added to the standard ones", (t) => {
  const props = rehearsal((yaml) => yaml.replace('tags: {}', 'tags: {Team: support}'));
  const [vpc] = Object.values(synthesized(props).resource.aws_vpc ?? {});
  t.deepEqual(vpc?.tags, {
    Name: 'intent-fleet-rehearsal-vpc',
    Team: 'support',
    Project: 'intent-fleet',
    Stage: 'rehearsal',
    ManagedBy: 'terraform',
  });
});

test('where the emulator takes the tags of a launch template for those of its machines, the template has none', (t) => {
  const props = rehearsal();
  const { certificateArn = '', storeEndpoint = '' } = props.site.rehearsal ?? {};
  const site = { ...props.site, rehearsal: { certificateArn, storeEndpoint, keepsTemplateTags: false } };
  const [template] = Object.values(synthesized({ ...props, site }).resource.aws_launch_template ?? {});
  t.is(template?.tags, undefined);
  t.like(template, { tag_specifications: [{ resource_type: 'instance' }, { resource_type: 'volume' }] });
});

test("a resource's own tags take precedence", (t) => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new Vpc(stack, 'vpc', { tags: { Name: 'mine', Project: 'another' } });
  new LaunchTemplate(stack, 'template', {});
  Aspects.of(stack).add(new Tags('prefix', { Project: 'ours', Team: 'support' }));
  const { resource } = JSON.parse(Testing.synth(stack));
  t.deepEqual(resource.aws_vpc.vpc.tags, { Name: 'mine', Project: 'another', Team: 'support' });
  const { tags } = resource.aws_launch_template.template;
  t.deepEqual(tags, { Name: 'prefix-template', Project: 'ours', Team: 'support' });
});
