import test from 'ava';
import { confusionChart } from '../../../model/evaluation/charts/confusion.ts';
import { coverageChart } from '../../../model/evaluation/charts/coverage.ts';
import { reliabilityChart } from '../../../model/evaluation/charts/reliability.ts';
import type { Evaluation } from '../../../model/evaluation/evaluate.ts';

const evaluation = {
  coverage: [
    { threshold: 0, coverage: 1, accuracy: 0.5, outOfScopeRecall: 0 },
    { threshold: 1, coverage: 0.25, accuracy: 0.75, outOfScopeRecall: 1 },
  ],
  model: { threshold: { value: 0.3 } },
  reliability: [
    { from: 0, to: 0.67, count: 2, confidence: 0.4, accuracy: 0.5 },
    { from: 0.67, to: 1, count: 2, confidence: 0.9, accuracy: 1 },
  ],
  confusion: {
    labels: ['a', 'b'],
    counts: [
      [3, 1],
      [0, 4],
    ],
  },
} as unknown as Evaluation;

// The values of each drawn line of two points: the plot extends from y = 228 (0 %) to y = 40 (100 %).
function linesOf(svg: string): number[][] {
  const lines = svg.matchAll(/<g>\s*<path d="M\S+ (\S+)L\S+ (\S+)"/g);
  return [...lines].map(([, ...ys]) => ys.map((y) => Number(((228 - Number(y)) / 188).toFixed(2))));
}

test('the coverage chart draws coverage, accuracy and out-of-scope recall', (t) => {
  t.deepEqual(linesOf(coverageChart(evaluation)), [
    [1, 0.25],
    [0.5, 0.75],
    [0, 1],
  ]);
});

test('the reliability chart draws confidences at the middles of the bins, in whole numbers of percent', (t) => {
  const svg = reliabilityChart(evaluation);
  t.deepEqual(linesOf(svg), [[0.4, 0.9]]);
  const percentages = Array.from(svg.matchAll(/>(\d+) %</g), ([, percent]) => Number(percent));
  t.deepEqual(percentages, [0, 20, 40, 60, 80, 100, 34, 84]);
});

test('the confusion chart colours a cell by its share of the row', (t) => {
  const cells = confusionChart(evaluation).matchAll(/fill="var\(--(\w+)\)" fill-opacity="([\d.]+)"/g);
  t.deepEqual(
    Array.from(cells, ([, colour, opacity]) => `${colour} ${opacity}`),
    ['first 0.6', 'second 0.3', 'first 0.75'],
  );
});
