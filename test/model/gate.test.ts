import test from 'ava';
import type { Metrics } from '../../model/artifact/manifest.ts';
import { refusalsOf } from '../../model/gate.ts';
import { modelSettings } from '../../model/settings.ts';

const limits = modelSettings.parse({ gate: { minimumAccuracy: 0.9, largestDrop: 0.02, largestIntentDrop: 0.1 } }).gate;

function metrics(accuracy: number, f1s: Record<string, number>): Metrics {
  const intents = Object.entries(f1s).map(([intent, f1]) => [intent, { precision: f1, recall: f1, f1, examples: 50 }]);
  const rest = {
    accuracyInterval: [0, 1] as [number, number],
    coverage: 1,
    calibrationError: 0,
    outOfScopeRecall: null,
  };
  return { examples: 100, accuracy, answeredRight: accuracy, ...rest, intents: Object.fromEntries(intents) };
}

const golden = { texts: 2, failures: [] };
const good = { metrics: metrics(0.95, { praise: 0.9, question: 0.99 }), golden };

test('a good model passes, with none in service or an equal one', (t) => {
  t.deepEqual(refusalsOf(good, limits), []);
  t.deepEqual(refusalsOf(good, limits, good), []);
});

test('refuses an accuracy that is too low, and states by how much', (t) => {
  t.deepEqual(refusalsOf({ ...good, metrics: metrics(0.877, {}) }, limits), [
    'accuracy: expected at least 90.0 % (gate.minimumAccuracy), got 87.7 %, 2.3 points too low; ' +
      'add examples of the intents with the lowest F1',
  ]);
  t.deepEqual(refusalsOf({ ...good, metrics: metrics(0.9, {}) }, limits), []);
});

test('refuses a model worse than the one in service: in accuracy, in an intent, or without an intent', (t) => {
  const candidate = { ...good, metrics: metrics(0.92, { praise: 0.75 }) };
  t.deepEqual(refusalsOf(candidate, limits, good), [
    'accuracy: expected to drop by at most 2.0 points (gate.largestDrop) from 95.0 % in service, got 92.0 %',
    'intent praise: expected its F1 to drop by at most 10.0 points (gate.largestIntentDrop) from 90.0 % in service, got 75.0 %',
    'intent question: is in service, and this model does not know it',
  ]);
});

test('a drop equal to the limit passes', (t) => {
  const candidate = { ...good, metrics: metrics(0.93, { praise: 0.8, question: 0.99 }) };
  t.deepEqual(refusalsOf(candidate, limits, good), []);
});

test('refuses a model that fails golden texts, and names them', (t) => {
  const failures = [{ text: '', expected: 'unknown', got: 'praise' }];
  t.deepEqual(refusalsOf({ ...good, golden: { texts: 2, failures } }, limits), [
    'golden text "": expected unknown, got praise; add training texts like it',
  ]);
});
