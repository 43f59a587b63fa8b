import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { openArtifact } from '../../../model/artifact/open.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { type Evaluation, evaluate } from '../../../model/evaluation/evaluate.ts';
import { learningCurve } from '../../../model/evaluation/learning-curve.ts';
import { renderPage } from '../../../model/evaluation/page.ts';
import { smallSet } from '../texts.ts';
import { settingsWith, smallSources, trainSmall } from '../trained.ts';

const hostile = [
  ...smallSet,
  { text: 'great <script>alert(1)</script>', intent: 'complaint', line: 99 },
  { text: 'zzz', intent: 'unknown', line: 100 },
];

async function evaluated(): Promise<Evaluation> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-'));
  try {
    writeArtifact(await trainSmall(), join(folder, 'model'));
    const curve = await learningCurve(smallSources, settingsWith(), async () => {});
    return evaluate(await openArtifact(join(folder, 'model')), hostile, curve);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the evaluation holds the figures, the mistakes with their causes, and a curve that ends with all examples', async (t) => {
  const evaluation = await evaluated();
  t.is(evaluation.metrics.examples, 17);
  const [mistake] = evaluation.mistakes;
  t.like(mistake, { text: 'great <script>alert(1)</script>', expected: 'complaint', got: 'praise' });
  t.regex(mistake?.because[0]?.feature ?? '', /gre|great/);
  t.deepEqual(
    evaluation.learningCurve.map(({ examples }) => examples),
    [4, 4, 8, 12, 16],
  );
  t.is(evaluation.learningCurve.at(-1)?.accuracy, 1);
});

test('the page needs nothing but itself, follows the theme and escapes what strangers wrote', async (t) => {
  const page = renderPage(await evaluated());
  t.is(page.match(/<svg /g)?.length, 4);
  for (const outside of ['<script', '<link', 'src=', 'url(', '@import']) t.false(page.includes(outside), outside);
  // No stand-in and no fixed colour is left in the drawings.
  const drawings = page.slice(page.indexOf('<svg'));
  t.deepEqual(drawings.match(/(fill|stroke)="#(?!000)[0-9a-f]+"/g), null);
  t.true(page.includes('great &lt;script&gt;alert(1)&lt;/script&gt;'));
  for (const chart of ['Reliability', 'Coverage', 'Learning curve', 'Confusion matrix'])
    t.regex(page, new RegExp(`aria-label="${chart}`));
  t.true(page.includes('var(--first)') && page.includes('prefers-color-scheme: dark'));
});

test('the same evaluation gives the same page', async (t) => {
  const evaluation = await evaluated();
  t.is(renderPage(evaluation), renderPage(evaluation));
});
