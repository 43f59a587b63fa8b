import test from 'ava';
import type { Alarm, AlarmState, Comparison } from '../../../rehearsal/alarms/alarm.ts';
import { evaluateAlarm, evaluationRange } from '../../../rehearsal/alarms/evaluate.ts';
import { alarm } from './alarms.ts';

const start = Date.parse('2026-11-29T03:00:00Z');

/** Datapoints of successive minutes: `X` breaches the threshold of 1, `0` does not, `-` is missing. */
function datapoints(text: string) {
  const values: Record<string, number | undefined> = { X: 2, 0: 0 };
  return text.split(' ').map((letter, index) => ({ at: start + index * 60_000, value: values[letter] }));
}

const kinds = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

// The tables of "Configuring how CloudWatch alarms treat missing data": the state for each kind of treatment.
const current = 'current state';
const documented: Record<number, Record<string, string[]>> = {
  3: {
    '0 - X - X': ['OK', 'OK', 'OK', 'OK'],
    '0 - - - -': ['OK', 'OK', 'OK', 'OK'],
    '- - - - -': ['INSUFFICIENT_DATA', current, 'ALARM', 'OK'],
    '0 X X - X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '- - X - -': ['ALARM', current, 'ALARM', 'OK'],
  },
  2: {
    '0 - X - X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '0 0 X 0 X': ['ALARM', 'ALARM', 'ALARM', 'ALARM'],
    '0 - X - -': ['OK', 'OK', 'ALARM', 'OK'],
    '- - - - 0': ['OK', 'OK', 'ALARM', 'OK'],
    '- - - X -': ['ALARM', current, 'ALARM', 'OK'],
  },
};

const states: AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

for (const [datapointsToAlarm, rows] of Object.entries(documented))
  for (const [text, expected] of Object.entries(rows))
    test(`${datapointsToAlarm} out of 3 datapoints of ${text}`, (t) => {
      for (const state of states) {
        const found = kinds.map((missingData) => {
          const given = alarm({ datapointsToAlarm: Number(datapointsToAlarm), missingData, state });
          return evaluateAlarm(given, datapoints(text)).state;
        });
        t.deepEqual<string[], string[]>(
          found,
          expected.map((one) => (one === current ? state : one)),
          state,
        );
      }
    });

function stateOf(text: string, given: Partial<Alarm>): AlarmState {
  return evaluateAlarm(alarm(given), datapoints(text)).state;
}

test('a new breach does not ring before the datapoints to alarm have passed', (t) => {
  for (const state of states) {
    t.is(stateOf('- - - - X', { state }), state);
    t.is(stateOf('- - - X -', { state }), state);
    t.is(stateOf('- - - X 0', { state }), 'OK');
    t.is(stateOf('- - X - 0', { state }), 'OK');
    t.is(stateOf('X - - - -', { state }), 'ALARM');
    t.is(stateOf('- - - X X', { state }), state);
    t.is(stateOf('- - X - X', { state }), 'ALARM');
  }
  t.is(stateOf('- - - - X', { datapointsToAlarm: 1 }), 'ALARM');
  t.is(stateOf('- - - - X', { datapointsToAlarm: 2 }), 'OK');
});

test('the oldest datapoints do not count where there are enough newer ones', (t) => {
  t.is(stateOf('X X 0 X 0', {}), 'OK');
  t.is(stateOf('0 0 X X X', {}), 'ALARM');
  t.is(stateOf('X X X 0 0', { datapointsToAlarm: 1 }), 'ALARM');
  t.is(stateOf('X X 0 0 0', { datapointsToAlarm: 1, state: 'ALARM' }), 'OK');
  t.is(stateOf('- - X', { evaluationPeriods: 1, datapointsToAlarm: 1 }), 'ALARM');
  t.is(stateOf('0 X -', { evaluationPeriods: 1, datapointsToAlarm: 1 }), 'ALARM');
  t.is(evaluationRange({ evaluationPeriods: 3 }), 5);
});

test('each comparison, with values at the threshold', (t) => {
  const breaching = (comparison: Comparison) =>
    [0, 1, 2].filter((value) => {
      const given = alarm({ comparison, evaluationPeriods: 1, datapointsToAlarm: 1 });
      return evaluateAlarm(given, [{ at: start, value }]).state === 'ALARM';
    });
  t.deepEqual(breaching('GreaterThanThreshold'), [2]);
  t.deepEqual(breaching('GreaterThanOrEqualToThreshold'), [1, 2]);
  t.deepEqual(breaching('LessThanThreshold'), [0]);
  t.deepEqual(breaching('LessThanOrEqualToThreshold'), [0, 1]);
});

test('an alarm that stays in its state keeps its reason', (t) => {
  t.deepEqual(evaluateAlarm(alarm(), datapoints('0 0 0 0 0')), { state: 'OK', reason: 'as before' });
});

function reasonOf(text: string, given: Partial<Alarm> = {}): string {
  return evaluateAlarm(alarm(given), datapoints(text)).reason;
}

test('a reason has the decisive datapoints, the newest first', (t) => {
  t.is(
    reasonOf('0 0 X X X'),
    'Threshold Crossed: 3 out of the last 3 datapoints [2.0 (29/11/26 03:04:00), 2.0 (29/11/26 03:03:00), 2.0 (29/11/26 03:02:00)] ' +
      'were greater than the threshold (1.0) (minimum 3 datapoints for OK -> ALARM transition).',
  );
  t.is(
    reasonOf('X X X X 0', { state: 'ALARM' }),
    'Threshold Crossed: 1 out of the last 3 datapoints [0.0 (29/11/26 03:04:00)] ' +
      'was not greater than the threshold (1.0) (minimum 1 datapoint for ALARM -> OK transition).',
  );
  t.regex(reasonOf('- - X X X', { missingData: 'breaching' }), /^Threshold Crossed: 3 out of the last 3 datapoints /);
  const single = { evaluationPeriods: 1, datapointsToAlarm: 1, threshold: 0.25 };
  t.is(
    reasonOf('0 0 X', { ...single, comparison: 'GreaterThanOrEqualToThreshold', state: 'INSUFFICIENT_DATA' }),
    'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (29/11/26 03:02:00)] ' +
      'was greater than or equal to the threshold (0.25) (minimum 1 datapoint for INSUFFICIENT_DATA -> ALARM transition).',
  );
  t.regex(reasonOf('X X 0', { ...single, comparison: 'LessThanThreshold' }), / was less than the threshold \(0\.25\) /);
  t.regex(reasonOf('X X 0', { ...single, comparison: 'LessThanOrEqualToThreshold' }), / was less than or equal to /);
});

test('a reason without the treatment of missing data tells how many datapoints there were', (t) => {
  t.is(
    reasonOf('- - X - -'),
    'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (29/11/26 03:02:00)] ' +
      'was greater than the threshold (1.0) (minimum 3 datapoints for OK -> ALARM transition).',
  );
});

test('a reason tells how missing datapoints were treated', (t) => {
  const breaching = { missingData: 'breaching' } as const;
  const notBreaching = { missingData: 'notBreaching', state: 'ALARM' } as const;
  const single = { evaluationPeriods: 1, datapointsToAlarm: 1 };
  const none = 'Threshold Crossed: no datapoints were received for';
  t.is(reasonOf('- - - - -', breaching), `${none} 3 periods and 3 missing datapoints were treated as [Breaching].`);
  t.is(
    reasonOf('- - - - -', notBreaching),
    `${none} 3 periods and 3 missing datapoints were treated as [NonBreaching].`,
  );
  t.is(
    reasonOf('- - -', { ...breaching, ...single }),
    `${none} 1 period and 1 missing datapoint was treated as [Breaching].`,
  );
  t.is(
    reasonOf('- - - X X', breaching),
    'Threshold Crossed: 2 datapoints [2.0 (29/11/26 03:04:00), 2.0 (29/11/26 03:03:00)] ' +
      'were greater than the threshold (1.0) and 1 missing datapoint was treated as [Breaching].',
  );
  t.is(
    reasonOf('- - - - 0', { ...breaching, state: 'ALARM' }),
    'Threshold Crossed: 1 datapoint [0.0 (29/11/26 03:04:00)] ' +
      'was not greater than the threshold (1.0) and 2 missing datapoints were treated as [Breaching].',
  );
  t.is(
    reasonOf('- - - - 0', { ...breaching, datapointsToAlarm: 2 }),
    'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
  );
  t.is(
    reasonOf('- - - - X', notBreaching),
    'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [NonBreaching].',
  );
});

test('a reason without data', (t) => {
  t.is(reasonOf('- - - - -'), 'Insufficient Data: 3 datapoints were unknown.');
  t.is(
    reasonOf('- - -', { evaluationPeriods: 1, datapointsToAlarm: 1 }),
    'Insufficient Data: 1 datapoint was unknown.',
  );
});
