import test from 'ava';
import type { Metrics } from '../../../model/artifact/manifest.ts';
import type { Comparison } from '../../../model/gate/comparison.ts';
import { describeModelChange } from '../../../model/gate/model-change.ts';

const metrics = (accuracy: number, f1: Record<string, number>): Metrics => ({
  ...{ examples: 100, accuracy, accuracyInterval: [0, 1], answeredRight: 1, coverage: 1 },
  ...{ calibrationError: 0, outOfScopeRecall: null },
  intents: Object.fromEntries(
    Object.entries(f1).map(([intent, value]) => [intent, { precision: 1, recall: 1, f1: value, examples: 10 }]),
  ),
});

const before = { version: 'aaaaaaaaaaaa', labels: ['account', 'delivery', 'refund'] };
const after = { version: 'bbbbbbbbbbbb', labels: ['account', 'refund', 'returns'] };

test('a model that stays is not told', (t) => {
  t.deepEqual(describeModelChange(before, before), []);
});

test('what cannot be compared has versions and intents alone', (t) => {
  t.deepEqual(describeModelChange(after, before), [
    'Model aaaaaaaaaaaa → bbbbbbbbbbbb',
    'Intents that come: returns',
    'Intents that leave: delivery',
  ]);
});

test('accuracy is told, and the intents whose F1 changes by a point or more, the largest change first', (t) => {
  const comparison: Comparison = {
    inService: metrics(0.9, { account: 0.9, delivery: 0.8, refund: 0.7, returns: 0.5 }),
    candidate: metrics(0.925, { account: 0.905, delivery: 0.75, refund: 0.9, returns: 0.55 }),
    texts: 'on the same 100 test texts',
  };
  t.deepEqual(describeModelChange({ ...before, version: 'bbbbbbbbbbbb' }, before, comparison), [
    'Model aaaaaaaaaaaa → bbbbbbbbbbbb: accuracy 90.0 % → 92.5 % on the same 100 test texts',
    'Intents that gain: refund (F1 70.0 % → 90.0 %), returns (F1 50.0 % → 55.0 %)',
    'Intents that lose: delivery (F1 80.0 % → 75.0 %)',
  ]);
});

test('an intent that the new model does not know neither gains nor loses', (t) => {
  const comparison: Comparison = {
    inService: metrics(0.9, { account: 0.9, delivery: 0.8 }),
    candidate: metrics(0.9, { account: 0.9 }),
    texts: 'on 10 texts of own.csv that both know',
  };
  t.deepEqual(describeModelChange(after, before, comparison), [
    'Model aaaaaaaaaaaa → bbbbbbbbbbbb: accuracy 90.0 % → 90.0 % on 10 texts of own.csv that both know',
    'Intents that come: returns',
    'Intents that leave: delivery',
  ]);
});
