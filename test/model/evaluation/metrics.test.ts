import test from 'ava';
import { confusionMatrix, mostConfused } from '../../../model/evaluation/confusion.ts';
import { coverageCurve } from '../../../model/evaluation/coverage.ts';
import {
  calibrationError,
  type EvaluatedText,
  metricsOf,
  reliabilityBins,
  wilson,
} from '../../../model/evaluation/metrics.ts';

function evaluated(expected: string | undefined, guess: string, confidence: number, unknown = false): EvaluatedText {
  return { text: '', expected, guess, confidence, unknown };
}

const texts = [
  evaluated('a', 'a', 0.9),
  evaluated('a', 'a', 0.3, true),
  evaluated('a', 'b', 0.6),
  evaluated('b', 'b', 0.9),
  evaluated(undefined, 'a', 0.2, true),
  evaluated(undefined, 'b', 0.7),
];

test('the metrics of six texts, calculated by hand', (t) => {
  t.deepEqual(metricsOf(texts, ['a', 'b', 'c']), {
    examples: 4,
    accuracy: 0.75,
    accuracyInterval: wilson(3, 4),
    answeredRight: 0.5,
    coverage: 0.75,
    calibrationError: calibrationError(texts),
    outOfScopeRecall: 0.5,
    intents: {
      a: { precision: 1, recall: 2 / 3, f1: 0.8, examples: 3 },
      b: { precision: 0.5, recall: 1, f1: 2 / 3, examples: 1 },
      c: { precision: 0, recall: 0, f1: 0, examples: 0 },
    },
  });
});

test("Wilson's interval has the published values", (t) => {
  const round = (pair: [number, number]) => pair.map((bound) => Number(bound.toFixed(4)));
  t.deepEqual(round(wilson(81, 263)), [0.2553, 0.3662]);
  t.deepEqual(round(wilson(0, 20)), [0, 0.1611]);
  t.deepEqual(round(wilson(29, 29)), [0.883, 1]);
  t.deepEqual(wilson(0, 0), [0, 1]);
});

test('the calibration error is the mean distance between confidence and accuracy', (t) => {
  t.is(calibrationError([]), 0);
  t.true(Math.abs(calibrationError([evaluated('a', 'a', 0.9), evaluated('a', 'b', 0.9)]) - 0.4) < 1e-12);
  t.true(Math.abs(calibrationError([evaluated('a', 'a', 1), evaluated('a', 'b', 0.2)]) - 0.1) < 1e-12);
});

test('a confidence of 1 falls into the last bin', (t) => {
  const bins = reliabilityBins([evaluated('a', 'a', 1), evaluated('a', 'a', 0)]);
  const counts = bins.map(({ count }) => count);
  t.deepEqual(counts, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test('the last row and column of the confusion matrix are out of scope', (t) => {
  t.deepEqual(confusionMatrix(texts, ['a', 'b']), {
    labels: ['a', 'b', 'unknown'],
    counts: [
      [1, 1, 1],
      [0, 1, 0],
      [0, 1, 1],
    ],
  });
});

test('of many intents, those with the most mistakes remain, in their order', (t) => {
  const matrix = {
    labels: ['a', 'b', 'c'],
    counts: [
      [9, 0, 2],
      [0, 9, 0],
      [1, 0, 5],
    ],
  };
  t.deepEqual(mostConfused(matrix, 2), {
    labels: ['a', 'c'],
    counts: [
      [9, 2],
      [1, 5],
    ],
  });
  t.deepEqual(mostConfused(matrix, 1).labels, ['a']);
});

test('with the threshold, coverage falls and out-of-scope recall rises', (t) => {
  const curve = coverageCurve(texts);
  t.is(curve.length, 51);
  t.deepEqual(curve[0], { threshold: 0, coverage: 1, accuracy: 0.75, outOfScopeRecall: 0 });
  t.deepEqual(curve[25], { threshold: 0.5, coverage: 0.75, accuracy: 2 / 3, outOfScopeRecall: 0.5 });
  t.deepEqual(curve[50], { threshold: 1, coverage: 0, accuracy: 1, outOfScopeRecall: 1 });
  t.is(coverageCurve(texts.slice(0, 4))[0]?.outOfScopeRecall, null);
});
