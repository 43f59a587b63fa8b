import test from 'ava';
import { describeCard } from '../../../registry/card/card.ts';
import { cardMarkdown } from '../../../registry/card/markdown.ts';
import { cardPage } from '../../../registry/card/page.ts';
import { describeVersion } from '../../../registry/version-record.ts';
import { trainSmall } from '../../model/trained.ts';

const registration = { now: new Date('2026-05-01T10:00:00.000Z'), commit: 'c'.repeat(40) };

async function card(change: object = {}) {
  const { manifest } = await trainSmall();
  const changed = { ...manifest, ...change };
  const record = describeVersion(3, changed, 1_234_567, registration);
  return {
    manifest: changed,
    card: describeCard({ name: 'intents', record, manifest: changed, aliases: ['staging'] }),
  };
}

test('a card says what the model is, what it is for, what it was made of, how good it is and where it ends', async (t) => {
  const { card: made, manifest } = await card();
  t.is(made.title, 'Model intents, version 3');
  t.deepEqual(
    made.sections.map(({ title }) => title),
    ['The model', 'Intended use', 'Data', 'Metrics', 'Limits', 'Intents'],
  );
  const [details, use, data, , limits, intents] = made.sections;
  t.deepEqual(details?.table?.rows.slice(0, 4), [
    ['artifact', manifest.version],
    ['aliases', 'staging'],
    ['registered', '2026-05-01T10:00:00.000Z'],
    ['profile and algorithm', 'default, linear-svm'],
  ]);
  t.deepEqual(details?.table?.rows.at(-1), ['size', '1.2 MB']);
  t.true(use?.sentences[0]?.startsWith(`It finds which of ${manifest.labels.length} intents a short message has`));
  t.deepEqual(data?.table?.rows[0], ['to learn from', '16', manifest.data.train.sha256]);
  t.true(limits?.sentences.includes('4 of 4 intents have fewer than 30 test texts: their figures are rough.'));
  t.is(intents?.table?.rows.length, 4);
});

test('an intent that fails is among the limits, and first in the table', async (t) => {
  const { manifest } = await trainSmall();
  const poor = { precision: 1, recall: 0.25, f1: 0.4, examples: 4 };
  const metrics = { ...manifest.metrics, intents: { ...manifest.metrics.intents, praise: poor } };
  const { card: made } = await card({ metrics });
  t.true(made.sections[4]?.sentences.includes('The lowest F1: praise 40.0 %.'));
  t.deepEqual(made.sections[5]?.table?.rows[0], ['praise', '40.0 %', '100.0 %', '25.0 %', '4.6 % to 69.9 %', '4']);
});

test('in Markdown and on the page, names of intents are text', async (t) => {
  const { manifest } = await trainSmall();
  const figures = { precision: 1, recall: 1, f1: 0.5, examples: 4 };
  const metrics = { ...manifest.metrics, intents: { '<b>|*x*\n': figures } };
  const { card: made } = await card({ metrics });
  const markdown = cardMarkdown(made);
  t.true(
    markdown.startsWith('# Model intents, version 3\n\n## The model\n\n| what | value |\n|---|---|\n| artifact | '),
  );
  t.true(markdown.includes(String.raw`| \<b\>\|\*x\* | 50.0 % |`));
  const page = cardPage(made, manifest);
  t.true(page.includes('<td>&lt;b&gt;|*x*\n</td><td>50.0 %</td>'));
  t.regex(page, /<svg role="img" aria-label="Confidence: /);
  t.is(page, cardPage(made, manifest));
  for (const outside of ['<script', '<link', 'src=', 'url(']) t.false(page.includes(outside), outside);
  t.false(cardPage(made, { reference: null }).includes('<svg'));
});
