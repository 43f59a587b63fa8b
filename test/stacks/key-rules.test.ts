import test from 'ava';
import type { Deployment } from '../../deployments/deployment.ts';
import type { IntentStackProps } from '../../stacks/intent-stack.ts';
import { rehearsal, synthesized } from './synthesized.ts';

const withKeys = (yaml: string) => yaml.replace('access: open', 'access: keys');

/** A stage whose green track has a share of the traffic, each client staying at its track. */
function comparing(props: IntentStackProps, percent: number, sticky = true): IntentStackProps {
  const { deployment } = props;
  const { blue } = deployment.tracks;
  const weights = { blue: 100 - percent, green: percent };
  return { ...props, deployment: { ...deployment, tracks: { blue, green: blue }, weights, sticky } as Deployment };
}

function rulesOf(props: IntentStackProps): unknown[] {
  const { aws_lb_listener_rule: rules = {} } = synthesized(props).resource;
  return Object.entries(rules)
    .filter(([name]) => name.startsWith('balancer_keys-rule'))
    .map(([, { priority, condition, action }]) => {
      const [[header], [forward]] = [condition, action] as [
        { http_header: { http_header_name: string; values: string[] } }[],
        { target_group_arn: string }[],
      ];
      const { http_header_name: name, values } = header?.http_header ?? { http_header_name: '', values: [] };
      return [priority, name, values, /balancer_(\w+)_/.exec(forward?.target_group_arn ?? '')?.[1]];
    });
}

test('half of the keys go to the new track, the others to the live one', (t) => {
  const [half, others] = rulesOf(comparing(rehearsal(withKeys), 50)) as [unknown[], unknown[]];
  t.deepEqual(others, [1011, 'Authorization', ['Bearer ifk_*'], 'blue']);
  t.is(half[3], 'green');
  t.regex(String(half[2]), /^Bearer ifk_[01]\*$/);
});

test('no condition has more values than AWS allows', (t) => {
  // 63 of 128 parts are six beginnings.
  const rules = rulesOf(comparing(rehearsal(withKeys), 49)) as [number, string, string[], string][];
  t.deepEqual(
    rules.map(([priority, , values, track]) => [priority, values.length, track]),
    [
      [1010, 3, 'green'],
      [1011, 3, 'green'],
      [1012, 1, 'blue'],
    ],
  );
});

test('there are no such rules without keys, or while no client is kept at a track', (t) => {
  t.deepEqual(rulesOf(comparing(rehearsal(), 50)), []);
  t.deepEqual(rulesOf(comparing(rehearsal(withKeys), 50, false)), []);
});
