import test from 'ava';
import { confusionChart } from '../../../model/evaluation/charts/confusion.ts';
import { coverageChart } from '../../../model/evaluation/charts/coverage.ts';
import { learningChart } from '../../../model/evaluation/charts/learning.ts';
import { reliabilityChart } from '../../../model/evaluation/charts/reliability.ts';
import type { Evaluation } from '../../../model/evaluation/evaluate.ts';

const evaluation = {
  coverage: [
    { threshold: 0, coverage: 1, accuracy: 0.5, outOfScopeRecall: 0 },
    { threshold: 1, coverage: 0.25, accuracy: 0.75, outOfScopeRecall: 1 },
  ],
  metrics: { coverage: 0.5, answeredRight: 0.4 },
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

test('the coverage chart draws what is right and what is refused, and the threshold that is chosen', (t) => {
  const svg = coverageChart(evaluation);
  t.deepEqual(linesOf(svg), [
    [0.5, 0.75],
    [0, 1],
  ]);
  // The plot extends from x = 73.1 (0 %) to x = 396 (100 %): half is answered, 80 % of it right.
  t.true(svg.includes('transform="matrix(5.5,0,0,5.5,234.55,77.6)"'));
});

test('the reliability chart draws a bar and a count for each bin, and the line of a calibrated model', (t) => {
  const svg = reliabilityChart(evaluation);
  const bars = [
    ...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)l([\d.]+) 0l0 ([\d.]+)l-[\d.]+ 0Z" fill="var\(--(first|faint)\)"/g),
  ];
  // Heights of 170 px for 100 %, and of 76 px for two texts.
  t.deepEqual(
    bars.map(([, , , , height, colour]) => `${colour} ${height}`),
    ['first 85', 'first 170', 'faint 76', 'faint 76'],
  );
  t.regex(svg, /<path d="M64 210L396 40" [^>]*stroke-dasharray/);
});

test('the learning curve has one band for its intervals, and an axis from 0 to 100 %', (t) => {
  const learningCurve = [
    { examples: 10, accuracy: 0.5, interval: [0.25, 0.75] },
    { examples: 20, accuracy: 1, interval: [0.5, 1] },
  ];
  const svg = learningChart({ learningCurve } as unknown as Evaluation);
  // From (10, 75 %) to (20, 100 %), and back by (20, 50 %) and (10, 25 %).
  t.true(svg.includes('<polygon points="234.6 87 396 40 396 134 234.6 181" fill="var(--first)" fill-opacity="0.2">'));
  t.deepEqual(linesOf(svg), [[0.5, 1]]);
});

test('the confusion chart colours a cell by its share of the row', (t) => {
  const cells = confusionChart(evaluation).matchAll(/fill="var\(--(\w+)\)" fill-opacity="([\d.]+)"/g);
  t.deepEqual(
    Array.from(cells, ([, colour, opacity]) => `${colour} ${opacity}`),
    ['first 0.6', 'second 0.3', 'first 0.75'],
  );
});
