import test from 'ava';
import { ScalingSettings } from '../../../rehearsal/gateway/scaling-settings.ts';

/** Settings after calls, of which each has an action, parameters and the emulator's answer. */
async function after(...calls: [action: string, parameters: Record<string, string>, answer?: string][]) {
  const settings = new ScalingSettings();
  const amendments = settings.amendments();
  for (const [action, parameters, answer = ''] of calls)
    await amendments[`autoscaling:${action}`]?.(answer, new URLSearchParams(parameters));
  return settings;
}

const group = { AutoScalingGroupName: 'web & more' };
const names = ['DefaultCooldown', 'DefaultInstanceWarmup'] as const;
const secondsOf = (settings: ScalingSettings, name = group.AutoScalingGroupName) =>
  names.map((setting) => settings.secondsOf(name, setting));

const creation: Parameters<typeof after>[0] = [
  'CreateAutoScalingGroup',
  { ...group, DefaultCooldown: '0', DefaultInstanceWarmup: '45' },
];

test('the cooldown and the warm-up of a group, until they are unset or the group is deleted', async (t) => {
  t.deepEqual(secondsOf(await after(creation)), [0, 45]);
  t.deepEqual(secondsOf(await after(creation), 'other'), [undefined, undefined]);
  const update = ['UpdateAutoScalingGroup', { ...group, DefaultInstanceWarmup: '-1' }] as const;
  t.deepEqual(secondsOf(await after(creation, [...update])), [0, undefined]);
  t.deepEqual(secondsOf(await after(creation, ['DeleteAutoScalingGroup', group])), [undefined, undefined]);
});

test('a policy is enabled until it is put otherwise', async (t) => {
  const put = (Enabled: Record<string, string>): Parameters<typeof after>[0] => [
    'PutScalingPolicy',
    { ...group, ...Enabled },
    '<PolicyARN>arn:web &amp; more</PolicyARN>',
  ];
  const isEnabled = async (...calls: Parameters<typeof after>) => (await after(...calls)).isEnabled('arn:web & more');
  t.true(await isEnabled());
  t.true(await isEnabled(put({})));
  t.false(await isEnabled(put({ Enabled: 'false' })));
  t.true(await isEnabled(put({ Enabled: 'false' }), put({})));
});
