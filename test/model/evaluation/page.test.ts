import test, { type ExecutionContext } from 'ava';
import { type Evaluation, evaluate } from '../../../model/evaluation/evaluate.ts';
import { renderPage } from '../../../model/evaluation/page.ts';
import { learningCurve } from '../../../model/training/learning-curve.ts';
import { smallSet } from '../texts.ts';
import { openSmall, settingsWith, smallSplits } from '../trained.ts';

const hostile = [
  ...smallSet,
  { text: 'hello', intent: 'complaint', line: 98 },
  { text: 'great <script>alert(1)</script>', intent: 'complaint', line: 99 },
  { text: 'zzz', intent: 'unknown', line: 100 },
];

async function evaluated(t: ExecutionContext): Promise<Evaluation> {
  const curve = await learningCurve(smallSplits, settingsWith(), async () => {});
  const measured = { path: 'own.csv', seen: 'the model has <b>learned</b> them', warnings: ['line 3 & 4'] };
  return evaluate(await openSmall(t), hostile, curve, measured);
}

test('the evaluation holds the metrics, the mistakes with their causes, and a learning curve up to all examples', async (t) => {
  const evaluation = await evaluated(t);
  t.is(evaluation.metrics.examples, 18);
  const [first, second] = evaluation.mistakes;
  t.like(first, { text: 'hello', expected: 'complaint', got: 'greeting' });
  t.like(second, { text: 'great <script>alert(1)</script>', expected: 'complaint', got: 'praise' });
  t.true((first?.confidence ?? 0) > (second?.confidence ?? 1));
  t.regex(second?.because[0]?.feature ?? '', /gre|great/);
  t.deepEqual(
    evaluation.learningCurve.map(({ examples }) => examples),
    [4, 4, 8, 12, 16],
  );
  t.is(evaluation.learningCurve.at(-1)?.accuracy, 1);
});

test('the page is self-contained and the same each time, follows the theme and escapes the texts', async (t) => {
  const evaluation = await evaluated(t);
  const page = renderPage(evaluation);
  t.is(renderPage(evaluation), page);
  const charts = Array.from(page.matchAll(/<svg [^>]*aria-label="(\w+)/g), ([, name]) => name);
  t.deepEqual(charts, ['Reliability', 'Coverage', 'Learning', 'Confusion']);
  for (const outside of ['<script', '<link', 'src=', 'url(', '@import']) t.false(page.includes(outside), outside);
  // The drawings contain neither a placeholder nor a fixed colour.
  const drawings = page.slice(page.indexOf('<svg'));
  t.deepEqual(drawings.match(/(fill|stroke)="#(?!000)[0-9a-f]+"/g), null);
  t.true(page.includes('great &lt;script&gt;alert(1)&lt;/script&gt;'));
  t.true(
    page.includes('<li><strong>the model has &lt;b&gt;learned&lt;/b&gt; them</strong></li>\n<li>line 3 &amp; 4</li>'),
  );
  t.true(page.includes('var(--first)') && page.includes('prefers-color-scheme: dark'));
});
