import test from 'ava';
import { type Features, featuresSchema } from '../../../model/features/features.ts';
import type { Vectorizer } from '../../../model/features/vectorizer.ts';
import { entriesOf, vectorizerFor } from '../problem.ts';
import { strangeTexts } from '../texts.ts';
import { plainFeatures } from '../trained.ts';

function named(vectorizer: Vectorizer, text: string): Record<string, number> {
  const { features: known } = vectorizer.read(text);
  const entries = entriesOf(vectorizer.vectorize(text));
  return Object.fromEntries(entries.map(([feature, value]) => [known.get(feature)?.name, Number(value.toFixed(4))]));
}

function words(options: object, minimumTexts = 1): Features {
  const block = { kind: 'words', lengths: [1, 1], normalise: false, ...options };
  return featuresSchema.parse({ minimumTexts, blocks: [block] });
}

test('a block weighs words by the logarithm of their count, by their count or by their presence', async (t) => {
  const value = async (weighting: string) =>
    named(await vectorizerFor(words({ weighting }), ['so so so good']), 'so so so good');
  t.deepEqual(await value('logarithmic'), { 'word: so': 2.0986, 'word: good': 1 });
  t.deepEqual(await value('count'), { 'word: so': 3, 'word: good': 1 });
  t.deepEqual(await value('presence'), { 'word: so': 1, 'word: good': 1 });
});

test('TF-IDF gives rare words more weight', async (t) => {
  const vectorizer = await vectorizerFor(words({ inverseDocumentFrequency: true }), ['the cat', 'the dog', 'the cow']);
  t.deepEqual(named(vectorizer, 'the cat'), { 'word: the': 1, 'word: cat': 1.6931 });
});

test('every normalised block has the norm 1', async (t) => {
  const vectorizer = await vectorizerFor(plainFeatures, ['reset my password', 'hello']);
  const entries = entriesOf(vectorizer.vectorize('hello my password'));
  const squares = entries.reduce((sum, [, value]) => sum + value * value, 0);
  t.true(Math.abs(squares - 2) < 1e-12);
});

test('stems and stop words', async (t) => {
  const vectorizer = await vectorizerFor(words({ stemmer: 'porter', stopWords: 'drop' }), ['the deliveries']);
  t.deepEqual(named(vectorizer, 'the delivery'), { 'stem: deliveri': 1 });
});

test('rare features are dropped', async (t) => {
  const vectorizer = await vectorizerFor(words({}, 2), ['good day day', 'good night']);
  t.deepEqual(named(vectorizer, 'good day'), { 'word: good': 1 });
});

test('any text gives named features of finite values, each once, and the same again after another text', async (t) => {
  const vectorizer = await vectorizerFor(plainFeatures, ['great service', 'привет', '😀 good']);
  for (const text of strangeTexts(300, 11)) {
    const entries = entriesOf(vectorizer.vectorize(text));
    const { features: known } = vectorizer.read(text);
    t.true(entries.every(([feature, value]) => Number.isFinite(value) && value > 0 && known.has(feature)));
    t.is(new Map(entries).size, entries.length);
    vectorizer.vectorize('great great service');
    t.deepEqual(entriesOf(vectorizer.vectorize(text)), entries);
  }
});

test('each occurrence of a feature names the places of its tokens, in the text as it was typed', async (t) => {
  const block = { kind: 'words', lengths: [1, 2], stemmer: 'porter', stopWords: 'drop' };
  const features = featuresSchema.parse({ minimumTexts: 1, blocks: [block, { kind: 'characters', lengths: [3, 3] }] });
  const text = 'Great service of great people';
  const { tokens, features: known } = (await vectorizerFor(features, [text])).read(text);
  t.deepEqual(tokens, ['great', 'service', 'of', 'great', 'people']);
  const occurrences = Object.fromEntries([...known.values()].map((feature) => [feature.name, feature.occurrences]));
  t.deepEqual(occurrences['stem: great'], [[0], [3]]);
  t.deepEqual(occurrences['stems: servic great'], [[1, 3]]);
  t.deepEqual(occurrences['stems: ‹ great'], [[0]]);
  t.deepEqual(occurrences['stems: peopl ›'], [[4]]);
  t.deepEqual(occurrences['characters: gre'], [[0], [3]]);
  t.deepEqual(occurrences['characters: ·of'], [[2]]);
});
