import test from 'ava';
import type { Example } from '../../model/datasets/example.ts';
import { nearDuplicates } from '../../model/datasets/near-duplicates.ts';
import { refusalsOf } from '../../model/gate.ts';
import { modelSettings } from '../../model/settings.ts';
import { readSources } from '../../model/sources.ts';
import { trainModel } from '../../model/training/train.ts';

const settings = modelSettings.parse({});
const intents = ['complaint', 'greeting', 'praise', 'question'];
const counts = (examples: readonly Example[]): number[] =>
  intents.map((intent) => examples.filter((example) => example.intent === intent).length);

test("the project's own data: enough of each intent, and no text measured on that nearly equals one learned from", async (t) => {
  const { train, test: held } = await readSources(settings);
  for (const count of counts(train.examples)) t.true(count >= 100);
  for (const count of counts(held.examples)) t.true(count >= 40);
  const shared = nearDuplicates(train.examples, held.examples).filter(({ test: { intent } }) => intent !== 'unknown');
  t.deepEqual(
    shared.map(({ test: { text } }) => text),
    [],
  );
});

test('the model that ships passes its own gate, well above it', async (t) => {
  const sources = await readSources(settings);
  const { manifest } = await trainModel(sources, settings);
  t.deepEqual(refusalsOf(manifest, settings.gate), []);
  t.true(manifest.metrics.accuracy >= 0.92, `accuracy ${manifest.metrics.accuracy}`);
  t.true((manifest.metrics.outOfScopeRecall ?? 0) >= 0.85, `recall ${manifest.metrics.outOfScopeRecall}`);
});
