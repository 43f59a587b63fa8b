import test from 'ava';
import { refusalsOf } from '../../model/gate.ts';
import { modelSettings } from '../../model/settings.ts';

const limits = modelSettings.parse({ gate: { minimumAccuracy: 0.9, largestDrop: 0.02, largestIntentDrop: 0.1 } }).gate;

const metrics = (accuracy: number, f1: Record<string, number>) => ({
  examples: 100,
  accuracy,
  accuracyInterval: [0, 1] as [number, number],
  answeredRight: accuracy,
  coverage: 1,
  calibrationError: 0,
  outOfScopeRecall: null,
  intents: Object.fromEntries(
    Object.entries(f1).map(([intent, value]) => [intent, { precision: value, recall: value, f1: value, examples: 50 }]),
  ),
});

const golden = { texts: 2, failures: [] };
const good = { metrics: metrics(0.95, { praise: 0.9, question: 0.99 }), golden };

test('a good model passes, first or as good as the one in service', (t) => {
  t.deepEqual(refusalsOf(good, limits), []);
  t.deepEqual(refusalsOf(good, limits, good), []);
});

test('too low: by how much', (t) => {
  t.deepEqual(refusalsOf({ ...good, metrics: metrics(0.877, {}) }, limits), [
    'accuracy: expected at least 90.0 % (gate.minimumAccuracy), got 87.7 %, 2.3 points too low; ' +
      'add examples of the intents with the lowest F1',
  ]);
  t.deepEqual(refusalsOf({ ...good, metrics: metrics(0.9, {}) }, limits), []);
});

test('worse than in service: as a whole, by intent, and by an intent that is gone', (t) => {
  const candidate = { ...good, metrics: metrics(0.92, { praise: 0.75 }) };
  t.deepEqual(refusalsOf(candidate, limits, good), [
    'accuracy: expected to drop by at most 2.0 points (gate.largestDrop) from 95.0 % in service, got 92.0 %',
    'intent praise: expected its F1 to drop by at most 10.0 points (gate.largestIntentDrop) from 90.0 % in service, got 75.0 %',
    'intent question: is in service, and this model does not know it',
  ]);
});

test('a drop of exactly the limit passes', (t) => {
  const candidate = { ...good, metrics: metrics(0.93, { praise: 0.8, question: 0.99 }) };
  t.deepEqual(refusalsOf(candidate, limits, good), []);
});

test('golden texts that fail are named', (t) => {
  const failures = [{ text: '', expected: 'unknown', got: 'praise' }];
  t.deepEqual(refusalsOf({ ...good, golden: { texts: 2, failures } }, limits), [
    'golden text "": expected unknown, got praise; teach it again',
  ]);
});
