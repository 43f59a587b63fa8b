import test from 'ava';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';

const outputs: Outputs = {
  url: 'https://x',
  load_balancer: 'arn:lb',
  target_group: 'arn:tg',
  auto_scaling_group: 'asg',
  launch_template_id: 'lt-1',
  launch_template_version: '1',
  release: 'ab',
  image: 'ami-1',
  account: '123456789012',
  region: 'eu-central-1',
  stack: 'intent-fleet-rehearsal',
  log_groups: '/intent-fleet-rehearsal',
};

test('outputs of a newer version are accepted, those that lack a name are refused with the next step', (t) => {
  t.deepEqual(parseOutputs({ ...outputs, table: 'releases' }), outputs);
  const { release, ...others } = outputs;
  t.throws(() => parseOutputs(others), {
    message:
      'The outputs in the Terraform state are not those of this version:\n  release: expected a string, got nothing\nApply this version with: make apply',
  });
});
