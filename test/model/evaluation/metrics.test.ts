import test from 'ava';
import { wilson } from '../../../common/wilson.ts';
import { confusionMatrix, mostConfusedPairs, withNeighbours } from '../../../model/evaluation/confusion.ts';
import { coverageCurve } from '../../../model/evaluation/coverage.ts';
import { calibrationError, type EvaluatedText, metricsOf, reliabilityBins } from '../../../model/evaluation/metrics.ts';

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

test('the pairs that are confused most often come first, of as many the larger share', (t) => {
  const matrix = {
    labels: ['a', 'b', 'unknown'],
    counts: [
      [9, 0, 3],
      [0, 3, 3],
      [1, 0, 5],
    ],
  };
  t.deepEqual(mostConfusedPairs(matrix, 2), [
    { expected: 'b', got: 'unknown', count: 3, share: 1 / 2 },
    { expected: 'a', got: 'unknown', count: 3, share: 1 / 4 },
  ]);
  t.is(mostConfusedPairs(matrix, 9).length, 3);
});

test('intents that are confused stand beside each other, the one with the most mistakes first, out of scope last', (t) => {
  const counts = [
    [9, 0, 0, 1, 0],
    [0, 9, 4, 0, 0],
    [0, 1, 9, 0, 1],
    [0, 0, 0, 9, 0],
    [0, 0, 0, 0, 9],
  ];
  const ordered = withNeighbours({ labels: ['a', 'b', 'c', 'd', 'unknown'], counts });
  t.deepEqual(ordered, {
    labels: ['c', 'b', 'a', 'd', 'unknown'],
    counts: [
      [9, 1, 0, 0, 1],
      [4, 9, 0, 0, 0],
      [0, 0, 9, 1, 0],
      [0, 0, 0, 9, 0],
      [0, 0, 0, 0, 9],
    ],
  });
});

test('with the threshold, coverage falls by a fiftieth at a time, and out-of-scope recall rises', (t) => {
  t.deepEqual(coverageCurve(texts), [
    { threshold: 0, coverage: 1, accuracy: 0.75, outOfScopeRecall: 0 },
    { threshold: 0.3, coverage: 1, accuracy: 0.75, outOfScopeRecall: 0.5 },
    { threshold: 0.6, coverage: 0.75, accuracy: 2 / 3, outOfScopeRecall: 0.5 },
    { threshold: 0.9, coverage: 0.5, accuracy: 1, outOfScopeRecall: 1 },
  ]);
  t.is(coverageCurve(texts.slice(0, 4))[0]?.outOfScopeRecall, null);
  const many = Array.from({ length: 1000 }, (_, rank) => evaluated('a', 'a', rank / 1000));
  t.deepEqual(
    coverageCurve(many).map(({ coverage }) => coverage),
    Array.from({ length: 50 }, (_, step) => (50 - step) / 50),
  );
});
