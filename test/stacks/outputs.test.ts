import test from 'ava';
import { type Outputs, parseOutputs } from '../../stacks/outputs.ts';

const outputs: Outputs = {
  url: 'https://x',
  load_balancer: 'arn:lb',
  tracks: {
    blue: { group: 'asg', target_group: 'arn:blue' },
    green: { group: 'asg-green', target_group: 'arn:green' },
  },
  launch_templates: { 'r-0123456789ab': 'lt-1' },
  account: '123456789012',
  region: 'eu-central-1',
  stack: 'intent-fleet-rehearsal',
  log_groups: '/intent-fleet-rehearsal',
  deployment: { format: 1 },
};

test('outputs of a newer version are accepted, those that lack a name are refused with the next step', (t) => {
  t.deepEqual(parseOutputs({ ...outputs, table: 'releases' }), outputs);
  const { url, ...others } = outputs;
  t.throws(() => parseOutputs(others), {
    message:
      'The outputs in the Terraform state are not those of this version:\n  url: expected a string, got nothing\nApply this version with: make apply',
  });
});
