import test from 'ava';
import { experimentPage } from '../../../experiments/report/page.ts';
import { findings } from './findings.ts';

test('the page ranks all candidates, and says why one did not finish', (t) => {
  const page = experimentPage(findings);
  const names = [...page.matchAll(/<td class="name">(.*?)<small>/g)].map(([, name]) => name);
  t.deepEqual(names, [
    ...['variation 1', 'linear-svm, &lt;words&gt;', 'variation 2', 'bayes, words'],
    ...['neural-network, words', 'logistic-regression, words'],
  ]);
  t.true(page.includes('<td class="end">stopped after 3 s</td>'));
  t.true(page.includes('<td class="end">too many texts</td>'));
  t.true(page.includes('<pre tabindex="0">model:\n  profile: default\n  algorithm: linear-svm\n'));
  t.is(page.match(/<svg /g)?.length, 5);
  t.notRegex(page, /https?:\/\/(?!www\.w3\.org)/);
});

test('without curves and variations, their charts are left out', (t) => {
  const page = experimentPage({ ...findings, variations: [], curves: [] });
  t.is(page.match(/<svg /g)?.length, 3);
  t.false(page.includes('Learning curves'));
});
