import test from 'ava';
import type { Golden, Metrics } from '../../model/artifact/manifest.ts';
import { refusalsOf } from '../../model/gate.ts';
import { modelSettings } from '../../model/settings.ts';

const limits = modelSettings.parse({ gate: { minimumAccuracy: 0.9, largestDrop: 0.02, largestIntentDrop: 0.1 } }).gate;

function metrics(accuracy: number, f1s: Record<string, number>): Metrics {
  const intents = Object.fromEntries(Object.entries(f1s).map(([intent, f1]) => [intent, { f1 }]));
  return { accuracy, intents } as Metrics;
}

const good = {
  metrics: metrics(0.95, { praise: 0.9, question: 0.99 }),
  golden: { texts: 2, failures: [] } as Golden,
};

type Figures = typeof good;

const cases: [title: string, changes: Partial<Figures>, inService: Figures | undefined, ...refusals: string[]][] = [
  ['a good model passes with none in service', {}, undefined],
  ['a model equal to the one in service passes', {}, good],
  ['an accuracy equal to the limit passes', { metrics: metrics(0.9, {}) }, undefined],
  ['drops equal to the limits pass', { metrics: metrics(0.93, { praise: 0.8, question: 0.99 }) }, good],
  [
    'refuses an accuracy that is too low, and states by how much',
    { metrics: metrics(0.877, {}) },
    undefined,
    'accuracy: expected at least 90.0 % (gate.minimumAccuracy), got 87.7 %, 2.3 points too low; ' +
      'add examples of the intents with the lowest F1',
  ],
  [
    'refuses a model worse than the one in service: in accuracy, in an intent, or without an intent',
    { metrics: metrics(0.92, { praise: 0.75 }) },
    good,
    'accuracy: expected to drop by at most 2.0 points (gate.largestDrop) from 95.0 % in service, got 92.0 %',
    'intent praise: expected its F1 to drop by at most 10.0 points (gate.largestIntentDrop) from 90.0 % in service, got 75.0 %',
    'intent question: is in service, and this model does not know it',
  ],
  [
    'refuses a model that fails golden texts, and names them',
    { golden: { texts: 2, failures: [{ text: '', expected: 'unknown', got: 'praise' }] } },
    undefined,
    'golden text "": expected unknown, got praise; add training texts like it',
  ],
];

for (const [title, changes, inService, ...refusals] of cases) {
  test(title, (t) => {
    t.deepEqual(refusalsOf({ ...good, ...changes }, limits, inService), refusals);
  });
}
