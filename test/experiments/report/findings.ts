import { bestSettings } from '../../../experiments/best-settings.ts';
import type { Findings } from '../../../experiments/report/page.ts';
import { tried } from '../tried.ts';

const grid = [
  tried('linear-svm, <words>', [9, 8]),
  tried('bayes, words', [7, 7], { outcome: 'finished' }, 0.1, { algorithm: 'bayes' }),
  tried('neural-network, words', [9], { outcome: 'stopped', reason: 'stopped after 3 s' }, 4, {
    algorithm: 'neural-network',
  }),
  tried('logistic-regression, words', [], { outcome: 'refused', reason: 'too many texts' }, 1, {
    algorithm: 'logistic-regression',
  }),
];

const best = tried('variation 1', [9, 9], { outcome: 'finished' }, 1, { cost: 2 });

/** What an experiment of six candidates has found. */
export const findings: Findings = {
  train: { path: 'messages.csv', sha256: 'ab'.repeat(32), examples: [{ text: 'a', intent: 'b', line: 2 }] },
  ...{ folds: 2, grid, variations: [best, tried('variation 2', [6, 9], undefined, 1, { cost: 3 })], curves: [best] },
  best: bestSettings(best.candidate),
};
