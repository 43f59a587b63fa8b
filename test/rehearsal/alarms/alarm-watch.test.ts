import test from 'ava';
import type { Alarm } from '../../../rehearsal/alarms/alarm.ts';
import { AlarmWatch } from '../../../rehearsal/alarms/alarm-watch.ts';
import { AwsClock } from '../../../rehearsal/metrics/aws-clock.ts';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import { MetricStore } from '../../../rehearsal/metrics/store.ts';
import { ManualClock } from '../manual-clock.ts';
import { alarm } from './alarms.ts';

const cpu = { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} };

/** An alarm that rings in a minute with more than one. */
const single = (overrides: Partial<Alarm> = {}) =>
  alarm({
    queries: [{ id: 'm1', isReturned: true, metric: cpu, statistic: 'Sum', periodSeconds: 60 }],
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    ...overrides,
  });

/** A watch over alarms that keeps their states, as the emulator does. */
function watchOver(...alarms: Alarm[]) {
  const [clock, store] = [new ManualClock(), new MetricStore()];
  const events: string[] = [];
  const logged: unknown[] = [];
  const failing = { notify: false, setState: '' };
  const watch = new AlarmWatch({
    store,
    clock: new AwsClock(10, clock),
    setState: async (name, evaluation) => {
      if (failing.setState === name) throw new Error(`no alarm ${name}`);
      events.push(`set ${name} ${evaluation.state}`);
      for (const one of alarms) if (one.name === name) Object.assign(one, evaluation);
    },
    notify: async ({ name, state }, from) => {
      events.push(`notify ${name} ${from} ${state}`);
      if (failing.notify) throw new Error('no such topic');
    },
    log: (...line) => logged.push(line),
  });
  /** Assesses the alarms after a minute in which the metric had a value. */
  const minute = async (value?: number) => {
    if (value !== undefined) store.put(cpu, clock.now(), distributionOf([[value, 1]]));
    await clock.advance(6000);
    const assessed = await watch.assess(alarms.map((one) => ({ ...one })));
    return assessed.map(({ alarm: { name, state }, value: newest, isDue }) => [name, state, newest, isDue]);
  };
  return { alarms, clock, store, watch, events, logged, failing, minute };
}

const unchecked = 'Unchecked: Initial alarm creation';

test('an alarm is evaluated, its changes are written, and its actions carried out', async (t) => {
  const { alarms, events, logged, minute } = watchOver(single({ state: 'INSUFFICIENT_DATA' }));
  t.deepEqual(await minute(0), [['jobs', 'OK', 0, true]]);
  t.deepEqual(await minute(1), [['jobs', 'OK', 1, true]]);
  t.deepEqual(await minute(2), [['jobs', 'ALARM', 2, true]]);
  t.deepEqual(events, ['set jobs OK', 'notify jobs INSUFFICIENT_DATA OK', 'set jobs ALARM', 'notify jobs OK ALARM']);
  const reason =
    'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (01/01/70 00:00:12)] ' +
    'was greater than the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).';
  t.deepEqual(logged.at(-1), ['alarm changes', { alarm: 'jobs', from: 'OK', to: 'ALARM', reason }]);
  t.like(alarms, [{ state: 'ALARM', reason }]);
});

test('a new alarm, which the emulator calls OK, has insufficient data', async (t) => {
  const { events, minute } = watchOver(single({ reason: unchecked }));
  t.deepEqual(await minute(), [['jobs', 'INSUFFICIENT_DATA', undefined, true]]);
  t.deepEqual(events, ['set jobs INSUFFICIENT_DATA']);
  t.deepEqual(await minute(), [['jobs', 'INSUFFICIENT_DATA', undefined, true]]);
  t.deepEqual(await minute(0), [['jobs', 'OK', 0, true]]);
  t.deepEqual(events.slice(1), ['set jobs OK', 'notify jobs INSUFFICIENT_DATA OK']);
});

test('an alarm that was changed, which the emulator calls OK, stays in its state', async (t) => {
  const { alarms, events, minute } = watchOver(single({ state: 'INSUFFICIENT_DATA' }));
  await minute(2);
  Object.assign(alarms[0] ?? {}, { state: 'OK', reason: unchecked });
  events.length = 0;
  t.deepEqual(await minute(2), [['jobs', 'ALARM', 2, true]]);
  t.deepEqual(events, ['set jobs ALARM']);
});

test('a state that was set by hand has its actions, and lasts until the evaluation', async (t) => {
  const { alarms, events, minute } = watchOver(single({ state: 'INSUFFICIENT_DATA' }));
  await minute(0);
  Object.assign(alarms[0] ?? {}, { state: 'ALARM', reason: 'a drill' });
  events.length = 0;
  t.deepEqual(await minute(0), [['jobs', 'OK', 0, true]]);
  t.deepEqual(events, ['notify jobs OK ALARM', 'set jobs OK', 'notify jobs ALARM OK']);
});

test('an alarm is due when it changes, and once in each minute', async (t) => {
  const { clock, store, watch, minute, alarms } = watchOver(single());
  t.deepEqual(await minute(2), [['jobs', 'ALARM', 2, true]]);
  const isDue = async () => (await watch.assess(alarms)).map((one) => one.isDue);
  await clock.advance(5999);
  t.deepEqual(await isDue(), [false]);
  await clock.advance(1);
  t.deepEqual(await isDue(), [true]);
  t.deepEqual(await isDue(), [false]);
  store.put(cpu, 6000, distributionOf([[-2, 1]]));
  t.deepEqual(await isDue(), [true]);
});

test('the newest value is that of the last minute with one', async (t) => {
  const { minute } = watchOver(single());
  await minute(5);
  t.deepEqual(await minute(), [['jobs', 'ALARM', 5, true]]);
});

test('an action that fails is logged, and does not change the state', async (t) => {
  const { failing, logged, events, minute } = watchOver(
    ...['jobs', 'other'].map((name) => single({ name, state: 'INSUFFICIENT_DATA' })),
  );
  failing.notify = true;
  t.deepEqual(await minute(2), [
    ['jobs', 'ALARM', 2, true],
    ['other', 'ALARM', 2, true],
  ]);
  t.deepEqual(
    logged.filter((line) => (line as string[])[0] === 'alarm action failed'),
    ['jobs', 'other'].map((name) => ['alarm action failed', { alarm: name, error: 'no such topic' }]),
  );
  events.length = 0;
  await minute(2);
  t.deepEqual(events, []);
});

test('an alarm that cannot be evaluated has insufficient data and says why', async (t) => {
  const queries = [{ id: 'e1', isReturned: true, expression: 'ANOMALY_DETECTION_BAND(m1)' }];
  const broken = single({ queries, comparedId: 'e1', state: 'INSUFFICIENT_DATA' });
  const { alarms, events, minute } = watchOver(broken, single({ name: 'other' }));
  t.deepEqual(await minute(2), [
    ['jobs', 'INSUFFICIENT_DATA', undefined, true],
    ['other', 'ALARM', 2, true],
  ]);
  t.is(alarms[0]?.reason, 'The rehearsal cannot evaluate this alarm: no metric or earlier expression has the id m1');
  events.length = 0;
  await minute(2);
  t.deepEqual(events, []);
});

test('a state that cannot be written rejects, and is tried again; no action of another alarm is repeated', async (t) => {
  const { failing, events, minute } = watchOver(
    single({ name: 'first', state: 'INSUFFICIENT_DATA' }),
    single({ name: 'gone', state: 'INSUFFICIENT_DATA' }),
    single({ name: 'last', state: 'INSUFFICIENT_DATA' }),
  );
  await minute(2);
  failing.setState = 'gone';
  events.length = 0;
  await t.throwsAsync(minute(0), { message: 'no alarm gone' });
  failing.setState = '';
  await minute(0);
  t.deepEqual(events, [
    'set first OK',
    'notify first ALARM OK',
    'set gone OK',
    'notify gone ALARM OK',
    'set last OK',
    'notify last ALARM OK',
  ]);
});

test('an alarm of the name of a deleted one is a new one', async (t) => {
  const { alarms, events, minute } = watchOver(single({ state: 'INSUFFICIENT_DATA' }));
  await minute(2);
  alarms.length = 0;
  t.deepEqual(await minute(2), []);
  alarms.push(single({ reason: unchecked }));
  events.length = 0;
  await minute(2);
  t.deepEqual(events, ['set jobs ALARM', 'notify jobs INSUFFICIENT_DATA ALARM']);
});
