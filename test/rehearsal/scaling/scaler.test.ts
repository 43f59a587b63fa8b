import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import test from 'ava';
import { Scaler } from '../../../rehearsal/scaling/scaler.ts';
import type { ScheduledAction } from '../../../rehearsal/scaling/scheduled-action.ts';
import { trackingAlarmName, trackingAlarms } from '../../../rehearsal/scaling/tracking-alarms.ts';
import { alarm } from '../alarms/alarms.ts';
import { awsClient } from '../aws-client.ts';
import { policy, ringing, scalingGroup } from './policies.ts';

/** A scaler that records what it does; `refreshed` has the groups whose machines are being replaced. */
function recording(refreshed: string[] = []) {
  const calls: unknown[] = [];
  const logged: unknown[] = [];
  const record = async (...call: unknown[]) => {
    if (call[1] === 'gone') throw new Error('no such group');
    calls.push(call);
  };
  const scaler = new Scaler({
    cloudWatch: awsClient<CloudWatchClient>((command, input) => calls.push([command, input])),
    scaling: {
      setDesiredCapacity: (group, capacity) => record('capacity', group, capacity),
      resize: (group, sizes) => record('resize', group, sizes),
    },
    isRefreshed: (group) => refreshed.includes(group),
    log: (...line) => logged.push(line),
  });
  return { scaler, calls, logged };
}

const cpu = policy('cpu');
const [highName, lowName] = [trackingAlarmName(cpu, 'High'), trackingAlarmName(cpu, 'Low')];
const puts = (of = cpu) => trackingAlarms(of).map((input) => ['PutMetricAlarmCommand', input]);
const existing = (...names: string[]) => names.map((name) => alarm({ name }));

test('the alarms of a policy are made, kept while nothing changes, and renewed when they or the policy change', async (t) => {
  const { scaler, calls } = recording();
  await scaler.keepAlarms([cpu], existing('jobs'));
  t.deepEqual(calls.splice(0), puts());
  await scaler.keepAlarms([cpu], existing('jobs', highName, lowName));
  t.deepEqual(calls.splice(0), []);
  await scaler.keepAlarms([cpu], existing(highName));
  t.deepEqual(calls.splice(0), puts().slice(1));
  const changed = { ...cpu, target: 60 };
  await scaler.keepAlarms([changed], existing(highName, lowName));
  t.deepEqual(calls.splice(0), puts(changed));
});

test('alarms of policies that are gone or no longer scale in are deleted, those of others are not', async (t) => {
  const { scaler, calls } = recording();
  await scaler.keepAlarms([{ ...cpu, scalesIn: false }], existing('jobs', highName, lowName));
  t.deepEqual(calls.splice(0), [...puts().slice(0, 1), ['DeleteAlarmsCommand', { AlarmNames: [lowName] }]]);
  await scaler.keepAlarms([], existing('jobs', highName, lowName));
  t.deepEqual(calls.splice(0), [['DeleteAlarmsCommand', { AlarmNames: [highName, lowName] }]]);
  await scaler.keepAlarms([], existing('jobs'));
  t.deepEqual(calls, []);
});

test('a group gets the capacity that its own policies ask for, and says why', async (t) => {
  const { scaler, calls, logged } = recording();
  const other = policy('other', { group: 'other' });
  const groups = [scalingGroup(2), scalingGroup(3, { name: 'other' })];
  const account = { groups, policies: [cpu, other], scheduled: [] };
  await scaler.follow(account, [ringing(cpu, 'High', 100)], () => 0);
  t.deepEqual(calls, [['capacity', 'fleet', 4]]);
  t.deepEqual(logged, [['group scales', { group: 'fleet', from: 2, to: 4, policy: 'cpu', reason: 'High 100' }]]);
  t.deepEqual(
    groups.map(({ desired }) => desired),
    [4, 3],
  );
});

test('machines that warm up are counted for each group', async (t) => {
  const { scaler, calls } = recording();
  const account = { groups: [scalingGroup(4)], policies: [cpu], scheduled: [] };
  await scaler.follow(account, [ringing(cpu, 'High', 100)], ({ name }) => (name === 'fleet' ? 2 : 0));
  t.deepEqual(calls, []);
});

test('a group that is refreshed, or that ignores alarms, is left alone', async (t) => {
  const { scaler, calls } = recording(['refreshed']);
  const groups = [
    scalingGroup(2, { name: 'refreshed' }),
    scalingGroup(2, { name: 'deaf', suspended: ['AlarmNotification'] }),
    scalingGroup(2, { suspended: ['ScheduledActions'] }),
  ];
  const policies = groups.map(({ name }) => policy(name, { group: name }));
  const assessed = policies.map((one) => ringing(one, 'High', 100));
  await scaler.follow({ groups, policies, scheduled: [] }, assessed, () => 0);
  t.deepEqual(calls, [['capacity', 'fleet', 4]]);
});

const action = (overrides: Partial<ScheduledAction> = {}): ScheduledAction => ({
  name: 'morning',
  group: 'fleet',
  startAt: undefined,
  endAt: undefined,
  recurrence: '* * * * *',
  timeZone: 'UTC',
  minimum: 2,
  maximum: undefined,
  desired: 3,
  ...overrides,
});

const sizes = { minimum: 2, maximum: undefined, desired: 3 };

test('a scheduled action that is due resizes its group', async (t) => {
  const { scaler, calls, logged } = recording();
  const account = { groups: [scalingGroup(2)], policies: [], scheduled: [action()] };
  await scaler.schedule(account, 0, 59_999);
  t.deepEqual([calls, logged], [[], []]);
  await scaler.schedule(account, 59_999, 60_000);
  t.deepEqual(calls, [['resize', 'fleet', sizes]]);
  t.deepEqual(logged, [['scheduled action', { group: 'fleet', name: 'morning', ...sizes }]]);
});

test('scheduled actions may be suspended', async (t) => {
  const { scaler, calls } = recording();
  const groups = [scalingGroup(2, { suspended: ['ScheduledActions'] }), scalingGroup(2, { name: 'other' })];
  await scaler.schedule({ groups, policies: [], scheduled: [action(), action({ group: 'other' })] }, 0, 60_000);
  t.deepEqual(calls, [['resize', 'other', sizes]]);
});

test('a scheduled action that fails or cannot be read does not stop the others', async (t) => {
  const { scaler, calls, logged } = recording();
  const groups = [scalingGroup(2, { name: 'gone' }), scalingGroup(2)];
  const scheduled = [action({ group: 'gone' }), action({ name: 'rubbish', recurrence: 'at noon' }), action()];
  await scaler.schedule({ groups, policies: [], scheduled }, 0, 60_000);
  t.deepEqual(calls, [['resize', 'fleet', sizes]]);
  t.like(logged, [
    ['scheduled action'],
    ['scheduled action failed', { group: 'gone', name: 'morning', error: 'no such group' }],
    ['scheduled action failed', { group: 'fleet', name: 'rubbish' }],
    ['scheduled action'],
  ]);
});
