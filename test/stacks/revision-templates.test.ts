import test from 'ava';
import { TerraformStack, Testing } from 'cdktf';
import { createRevisionTemplates } from '../../stacks/revision-templates.ts';
import { production, revisionIn } from './synthesized.ts';

const props = {
  ...{ name: 'fleet', securityGroupId: 'sg-1', instanceProfileArn: 'arn:profile' },
  tags: { Project: 'intent-fleet' },
};

test('each revision has a template that stays as it was made, whatever the stage says now', (t) => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const revision = { ...revisionIn(production()), userData: 'aaaa' };
  const templates = createRevisionTemplates(stack, { 'r-1': revision, 'r-2': { ...revision, image: 'ami-2' } }, props);
  t.deepEqual([...templates.keys()], ['r-1', 'r-2']);
  const found = Object.values(JSON.parse(Testing.synth(stack)).resource.aws_launch_template);
  const tags = { Project: 'intent-fleet', Name: 'fleet', Release: 'abababababababab' };
  const disk = { encrypted: 'true', volume_type: 'gp3', volume_size: 8, delete_on_termination: 'true' };
  const template = {
    ...{ name: 'fleet-r-1', image_id: 'ami-0123456789abcdef0', instance_type: 't3.small', user_data: 'aaaa' },
    iam_instance_profile: { arn: 'arn:profile' },
    network_interfaces: [
      { associate_public_ip_address: 'true', delete_on_termination: 'true', security_groups: ['sg-1'] },
    ],
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
    block_device_mappings: [{ device_name: '/dev/xvda', ebs: disk }],
    tag_specifications: ['instance', 'volume'].map((resource_type) => ({ resource_type, tags })),
    lifecycle: { create_before_destroy: true, ignore_changes: 'all' },
  };
  t.deepEqual(found, [template, { ...template, name: 'fleet-r-2', image_id: 'ami-2' }]);
});
