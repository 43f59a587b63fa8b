import test from 'ava';
import type { Golden, Metrics } from '../../../model/artifact/manifest.ts';
import { refusalsOf } from '../../../model/gate/refusals.ts';
import { modelSettings } from '../../../model/settings.ts';

const limits = modelSettings.parse({ gate: { minimumAccuracy: 0.9, largestDrop: 0.02, largestIntentDrop: 0.1 } }).gate;

function metrics(accuracy: number, f1s: Record<string, number> = {}): Metrics {
  const intents = Object.fromEntries(Object.entries(f1s).map(([intent, f1]) => [intent, { f1 }]));
  return { accuracy, calibrationError: 0, intents } as Metrics;
}

const noGolden: Golden = { texts: 2, failures: [] };
const inService = metrics(0.95, { praise: 0.9, question: 0.99 });

test('a model at the lowest accuracy passes; one below is refused, with by how much', (t) => {
  t.deepEqual(refusalsOf({ metrics: metrics(0.9), golden: noGolden }, limits), []);
  t.deepEqual(refusalsOf({ metrics: metrics(0.877), golden: noGolden }, limits), [
    'accuracy: expected at least 90.0 % (gate.minimumAccuracy), got 87.7 %, 2.3 points too low; ' +
      'add examples of the intents with the lowest F1',
  ]);
});

test('an intent below the floor and a confidence that is not to be trusted are refused', (t) => {
  const strict = { ...limits, minimumIntentF1: 0.8, largestCalibrationError: 0.05 };
  const intents = {
    praise: { precision: 1, recall: 0.64, f1: 0.78, examples: 50 },
    question: { precision: 1, recall: 1, f1: 1, examples: 50 },
    greeting: { precision: 0, recall: 0, f1: 0, examples: 0 },
  };
  const measured = { ...metrics(1), intents, calibrationError: 0.061 };
  t.deepEqual(refusalsOf({ metrics: measured, golden: noGolden }, strict), [
    'intent praise: expected an F1 of at least 80.0 % (gate.minimumIntentF1), got 78.0 %; add examples of it',
    'calibration error: expected at most 0.05 (gate.largestCalibrationError), got 0.061; give validation texts that resemble the traffic, or more test texts',
  ]);
});

test('a model that fails golden texts is refused, with their names', (t) => {
  const golden = { texts: 2, failures: [{ text: '', expected: 'unknown', got: 'praise' }] };
  t.deepEqual(refusalsOf({ metrics: metrics(1), golden }, limits), [
    'golden text "": expected unknown, got praise; add training texts like it',
  ]);
});

const texts = 'on 38 texts of ours.csv that both know';

const comparisons: [title: string, candidate: Metrics, ...refusals: string[]][] = [
  ['an equal model passes', inService],
  ['drops equal to the limits pass', metrics(0.93, { praise: 0.8, question: 0.99 })],
  ['an intent that was not measured passes', metrics(0.95, { question: 0.99 })],
  [
    'a drop in accuracy and in an intent is refused, with the texts that show it',
    metrics(0.92, { praise: 0.75, question: 0.99 }),
    `accuracy: expected to drop by at most 2.0 points (gate.largestDrop) from 95.0 % in service, got 92.0 %, ${texts}`,
    `intent praise: expected its F1 to drop by at most 10.0 points (gate.largestIntentDrop) from 90.0 % in service, got 75.0 %, ${texts}`,
  ],
];

for (const [title, candidate, ...refusals] of comparisons) {
  test(title, (t) => {
    // The manifest's own figures are of other texts, and play no part in the comparison.
    const manifest = { metrics: metrics(0.9), golden: noGolden };
    t.deepEqual(refusalsOf(manifest, limits, { candidate, inService, texts }), refusals);
  });
}

test('intents that would leave without consent come last', (t) => {
  t.deepEqual(
    refusalsOf({ metrics: metrics(0.877), golden: noGolden }, limits, undefined, ['praise', 'question']).slice(1),
    ['intents in service that this model does not know: praise, question'],
  );
});
