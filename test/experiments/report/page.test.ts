import test from 'ava';
import { bestSettings } from '../../../experiments/best-settings.ts';
import { experimentPage } from '../../../experiments/report/page.ts';
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
const variations = [
  tried('variation 1', [9, 9], { outcome: 'finished' }, 1, { cost: 2 }),
  tried('variation 2', [6, 9], undefined, 1, { cost: 3 }),
];
const findings = {
  train: { path: 'messages.csv', sha256: 'ab'.repeat(32), examples: [{ text: 'a', intent: 'b', line: 2 }] },
  ...{ folds: 2, grid, variations, curves: [variations[0] ?? grid[0]].flatMap((one) => one ?? []) },
  best: bestSettings(
    (variations[0] ?? grid[0])?.candidate ?? {
      model: { algorithm: 'bayes', features: { tokenizer: 'words', minimumTexts: 1, blocks: [] } },
    },
  ),
};

test('the page ranks all candidates, and says why one did not finish', (t) => {
  const page = experimentPage(findings);
  const names = [...page.matchAll(/<td class="name">(.*?)<small>/g)].map(([, name]) => name);
  t.deepEqual(names, [
    ...['variation 1', 'linear-svm, &lt;words&gt;', 'variation 2', 'bayes, words'],
    ...['neural-network, words', 'logistic-regression, words'],
  ]);
  t.true(page.includes('<td>stopped after 3 s</td>'));
  t.true(page.includes('<td>too many texts</td>'));
  t.true(page.includes('<pre tabindex="0">model:\n  algorithm: linear-svm\n'));
  t.is(page.match(/<svg /g)?.length, 5);
  t.notRegex(page, /https?:\/\/(?!www\.w3\.org)/);
});

test('without curves and variations, their charts are left out', (t) => {
  const page = experimentPage({ ...findings, variations: [], curves: [] });
  t.is(page.match(/<svg /g)?.length, 3);
  t.false(page.includes('Learning curves'));
});
