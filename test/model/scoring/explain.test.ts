import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openArtifact } from '../../../model/artifact/open.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import type { Classifier } from '../../../model/classifier.ts';
import { trainSmall } from '../trained.ts';

async function opened(t: ExecutionContext, changes: object): Promise<Classifier> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-'));
  t.teardown(() => rm(folder, { recursive: true }));
  writeArtifact(await trainSmall(changes), join(folder, 'model'));
  return openArtifact(join(folder, 'model'));
}

for (const changes of [{}, { algorithm: 'bayes' }, { profile: 'accurate' }]) {
  test(`the words that matter come first: ${JSON.stringify(changes)}`, async (t) => {
    const { explain } = await opened(t, {
      ...changes,
      features: { minimumTexts: 1, blocks: [{ kind: 'words', lengths: [1, 1] }] },
    });
    const { intent, towards, against } = explain('great order', 'praise');
    t.is(intent, 'praise');
    t.is(towards[0]?.feature, 'word: great');
    t.is(against[0]?.feature, 'word: order');
    t.true((towards[0]?.weight ?? 0) > 0 && (against[0]?.weight ?? 0) < 0);
  });
}

test('without an intent, the best guess is explained, known or not', async (t) => {
  const { explain, predict } = await opened(t, { threshold: 1 });
  t.is(predict('hello there').intent, 'unknown');
  t.is(explain('hello there').intent, 'greeting');
});

test('a linear explanation adds up to the scores: the effects over all intents cancel out', async (t) => {
  const { explain, manifest } = await opened(t, {
    features: { minimumTexts: 1, blocks: [{ kind: 'words', lengths: [1, 1] }] },
  });
  const sum = manifest.labels
    .map((label) => explain('hello', label))
    .flatMap(({ towards, against }) => [...towards, ...against])
    .reduce((total, { weight }) => total + weight, 0);
  t.true(Math.abs(sum) < 1e-6);
});

test('nothing known, nothing to say', async (t) => {
  const { explain } = await opened(t, {});
  t.deepEqual(explain('ΨΩ', 'praise'), { intent: 'praise', towards: [], against: [] });
});

test('an intent that the model does not know is refused', async (t) => {
  const { explain } = await opened(t, {});
  t.throws(() => explain('hello', 'weather'), {
    instanceOf: RangeError,
    message: 'intent: expected one of complaint, greeting, praise, question, got weather',
  });
});
