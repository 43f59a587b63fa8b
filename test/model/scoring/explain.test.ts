import test from 'ava';
import { featuresSchema } from '../../../model/features/features.ts';
import type { Prediction } from '../../../model/prediction.ts';
import { createExplainer } from '../../../model/scoring/explain.ts';
import type { ModelConfiguration, StoredMember } from '../../../model/scoring/model.ts';
import { vectorizerFor } from '../problem.ts';
import { openSmall } from '../trained.ts';

const features = featuresSchema.parse({ minimumTexts: 1, blocks: [{ kind: 'words', lengths: [1, 1] }] });

for (const changes of [{}, { algorithm: 'bayes' }, { profile: 'accurate' }]) {
  test(`the strongest words come first: ${JSON.stringify(changes)}`, async (t) => {
    const { explain } = await openSmall(t, { ...changes, features });
    const { intent, towards, against } = explain('great order', 'praise');
    t.deepEqual([intent, towards[0]?.feature, against[0]?.feature], ['praise', 'word: great', 'word: order']);
    t.true((towards[0]?.weight ?? 0) > 0 && (against[0]?.weight ?? 0) < 0);
  });
}

test('without an intent, the best guess is explained, answered or unknown', async (t) => {
  const { explain, predict } = await openSmall(t, { threshold: 1 });
  t.is(predict('hello there').intent, 'unknown');
  t.is(explain('hello there').intent, 'greeting');
});

test('in a linear explanation, the effects of a word on all intents add up to zero', async (t) => {
  const { explain, manifest } = await openSmall(t, { features });
  const sum = manifest.labels
    .map((label) => explain('hello', label))
    .flatMap(({ towards, against }) => [...towards, ...against])
    .reduce((total, { weight }) => total + weight, 0);
  t.true(Math.abs(sum) < 1e-6);
});

test('a network is explained by the output weights of its active hidden units', async (t) => {
  const network: StoredMember = {
    kind: 'network',
    hiddenBias: Float32Array.of(0, -9),
    hiddenRows: { values: Float32Array.of(2, 1) },
    bias: Float32Array.of(0, 0),
    rows: { values: Float32Array.of(3, 1, 5, -5) },
  };
  const configuration = { labels: ['a', 'b'], calibration: { members: [10], mixture: 1 } } as ModelConfiguration;
  const vectorizer = await vectorizerFor(features, ['great']);
  const model = { configuration, weights: { hashes: new Int32Array(1), members: [network] } };
  const explain = createExplainer(model, { vectorizer, textVectors: undefined }, () => ({}) as Prediction);
  // The hidden unit is 2; its weight for a is 1 above the average, and the temperature is 10.
  t.deepEqual(explain('great', 'a'), {
    ...{ intent: 'a', towards: [{ feature: 'word: great', weight: 20 }], against: [] },
    words: [{ word: 'great', weight: 20 }],
  });
});

test('explains a text without known features by nothing, and refuses an intent that the model does not know', async (t) => {
  const { explain } = await openSmall(t);
  const words = [{ word: 'ψω', weight: 0 }];
  t.deepEqual(explain('ΨΩ', 'praise'), { intent: 'praise', towards: [], against: [], words });
  t.throws(() => explain('hello', 'weather'), {
    instanceOf: RangeError,
    message: 'intent: expected one of complaint, greeting, praise, question, got weather',
  });
});

test('a word has its share of the features that it is a part of, and all words have all of them', async (t) => {
  const { explain } = await openSmall(t, { features: { ...features, blocks: [{ kind: 'words', lengths: [1, 2] }] } });
  const { towards, against, words } = explain('great, great order', 'praise');
  t.deepEqual(
    words.map(({ word }) => word),
    ['great', 'great', 'order'],
  );
  const sum = (weights: { weight: number }[]) => weights.reduce((total, { weight }) => total + weight, 0);
  t.true(Math.abs(sum(words) - sum([...towards, ...against])) < 1e-9);
  const [first, second, last] = words.map(({ weight }) => weight) as [number, number, number];
  t.true(first > 0 && second > 0 && last < first);
});
