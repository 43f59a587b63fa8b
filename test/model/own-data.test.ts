import test from 'ava';
import type { Example } from '../../model/datasets/example.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { nearDuplicates } from '../../model/datasets/near-duplicates.ts';
import { refusalsOf } from '../../model/gate.ts';
import { modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';

const settings = modelSettings.parse({});
const intents = ['complaint', 'greeting', 'praise', 'question'];

function counts(examples: readonly Example[]): number[] {
  return intents.map((intent) => examples.filter((example) => example.intent === intent).length);
}

test("the project's own data has enough of each intent, and no test text nearly equals a training text", async (t) => {
  const { train, test: held } = await loadDatasets(settings);
  for (const count of counts(train.examples)) t.true(count >= 100);
  for (const count of counts(held.examples)) t.true(count >= 40);
  const shared = nearDuplicates(train.examples, held.examples).filter(({ test: { intent } }) => intent !== 'unknown');
  t.deepEqual(
    shared.map(({ test: { text } }) => text),
    [],
  );
});

test("the project's own model passes its gate by a wide margin", async (t) => {
  const { manifest } = await trainModel(await loadDatasets(settings), settings);
  t.deepEqual(refusalsOf(manifest, settings.gate), []);
  t.true(manifest.metrics.accuracy >= 0.92, `accuracy ${manifest.metrics.accuracy}`);
  t.true((manifest.metrics.outOfScopeRecall ?? 0) >= 0.85, `recall ${manifest.metrics.outOfScopeRecall}`);
});
