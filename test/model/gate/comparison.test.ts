import test from 'ava';
import type { Artifact } from '../../../model/artifact/artifact.ts';
import { createClassifier } from '../../../model/artifact/open.ts';
import type { Example } from '../../../model/datasets/example.ts';
import { compareManifests, compareOn, mayHaveLearnedFrom } from '../../../model/gate/comparison.ts';
import { smallSet } from '../texts.ts';
import { datasetOf, trainSmall } from '../trained.ts';

const opened = (artifact: Artifact) => createClassifier(artifact, 'small');

const trainOn = (examples: readonly Example[], test = examples) =>
  trainSmall({}, { train: datasetOf(examples), test: datasetOf(test) });

const without = (intent: string) => smallSet.filter((example) => example.intent !== intent);

test('manifests are compared where the test texts are the same', async (t) => {
  const { manifest: one } = await trainOn(smallSet);
  const { manifest: two } = await trainOn(smallSet.slice(1), smallSet);
  t.deepEqual(compareManifests(one, two), {
    candidate: one.metrics,
    inService: two.metrics,
    texts: 'on the same 16 test texts',
  });
});

test('manifests of other test texts, or of other texts in scope, are not compared', async (t) => {
  const { manifest: one } = await trainOn(smallSet);
  const { manifest: other } = await trainOn(smallSet, smallSet.slice(1));
  const { manifest: narrow } = await trainOn(without('praise'), smallSet);
  t.is(compareManifests(one, other), undefined);
  t.is(compareManifests(one, narrow), undefined);
});

test('both are measured on the test texts whose intent both know', async (t) => {
  const candidate = opened(await trainOn(without('praise')));
  const inService = opened(await trainOn(without('question')));
  const comparison = compareOn(datasetOf(smallSet), candidate, inService);
  t.is(comparison?.texts, 'on 8 texts of small.csv that both know');
  for (const { examples, intents } of [comparison?.candidate, comparison?.inService].map(
    (metrics) => metrics ?? never(),
  )) {
    t.is(examples, 8);
    t.deepEqual(Object.keys(intents), ['complaint', 'greeting']);
  }
});

function never(): never {
  throw new Error('not compared');
}

test('the figures are those of each model on these texts', async (t) => {
  const right = opened(await trainOn(without('praise')));
  const swapped = without('praise').map((example) => ({ ...example, intent: other[example.intent] ?? example.intent }));
  const wrong = opened(await trainOn(swapped));
  const comparison = compareOn(datasetOf(without('praise')), right, wrong);
  t.true((comparison?.candidate.accuracy ?? 0) > 0.9);
  t.true((comparison?.inService.accuracy ?? 1) < 0.5);
});

const other: Record<string, string> = { greeting: 'complaint', complaint: 'greeting' };

test('without a common text there is no comparison', async (t) => {
  const one = opened(await trainOn(without('praise')));
  const renamed = smallSet.map((example) => ({ ...example, intent: `new ${example.intent}` }));
  t.is(compareOn(datasetOf(renamed), opened(await trainOn(renamed)), one), undefined);
  t.is(compareOn(datasetOf(smallSet.filter(({ intent }) => intent === 'praise')), one, one), undefined);
});

test('the model in service has not learned from texts that were held out in the same way, or that have a file', async (t) => {
  const held = (testShare: number, seed = 1) => trainSmall({ data: 'ours.csv', testShare, seed });
  const [{ manifest: fifth }, { manifest: third }, { manifest: otherSeed }, { manifest: withFile }] = await Promise.all(
    [held(0.2), held(0.3), held(0.2, 2), trainSmall({ data: 'ours.csv', test: 'test.csv' })],
  );
  t.false(mayHaveLearnedFrom(fifth, fifth));
  t.false(mayHaveLearnedFrom(fifth, third));
  t.true(mayHaveLearnedFrom(third, fifth));
  t.true(mayHaveLearnedFrom(fifth, otherSeed));
  t.true(mayHaveLearnedFrom(fifth, withFile));
  for (const inService of [fifth, third, otherSeed, withFile]) t.false(mayHaveLearnedFrom(withFile, inService));
});
