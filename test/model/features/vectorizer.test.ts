import test from 'ava';
import { type Features, featuresSchema } from '../../../model/features/features.ts';
import type { Vectorizer } from '../../../model/features/vectorizer.ts';
import { plainFeatures, vectorizerFor } from '../problem.ts';
import { strangeTexts } from '../texts.ts';

function named(vectorizer: Vectorizer, text: string): Record<string, number> {
  const names = vectorizer.names(text);
  const { indices, values, length } = vectorizer.vectorize(text);
  return Object.fromEntries(
    Array.from({ length }, (_, at) => [names.get(indices[at] as number), Number((values[at] as number).toFixed(4))]),
  );
}

function words(options: object): Features {
  const block = { kind: 'words', lengths: [1, 1], normalise: false, ...options };
  return featuresSchema.parse({ minimumTexts: 1, blocks: [block] });
}

test('a block weighs words by the logarithm of their count, by their count or by their presence', (t) => {
  const value = (weighting: string) => named(vectorizerFor(words({ weighting }), ['so so so good']), 'so so so good');
  t.deepEqual(value('logarithmic'), { 'word: so': 2.0986, 'word: good': 1 });
  t.deepEqual(value('count'), { 'word: so': 3, 'word: good': 1 });
  t.deepEqual(value('presence'), { 'word: so': 1, 'word: good': 1 });
});

test('TF-IDF gives rare words more weight', (t) => {
  const vectorizer = vectorizerFor(words({ inverseDocumentFrequency: true }), ['the cat', 'the dog', 'the cow']);
  t.deepEqual(named(vectorizer, 'the cat'), { 'word: the': 1, 'word: cat': 1.6931 });
});

test('every normalised block has the norm 1', (t) => {
  const vectorizer = vectorizerFor(plainFeatures, ['reset my password', 'hello']);
  const { values, length } = vectorizer.vectorize('hello my password');
  const squares = values.subarray(0, length).reduce((sum, value) => sum + value * value, 0);
  t.true(Math.abs(squares - 2) < 1e-12);
});

test('stems and stop words', (t) => {
  const features = words({ stemmer: 'porter', stopWords: 'drop' });
  t.deepEqual(named(vectorizerFor(features, ['the deliveries']), 'the delivery'), { 'stem: deliveri': 1 });
});

test('rare features are dropped', (t) => {
  const features = featuresSchema.parse({ minimumTexts: 2, blocks: [{ kind: 'words', lengths: [1, 1] }] });
  t.deepEqual(named(vectorizerFor(features, ['good day day', 'good night']), 'good day'), { 'word: good': 1 });
});

test('unknown words have no features', (t) => {
  t.is(vectorizerFor(plainFeatures, ['hello']).vectorize('ΨΩ').length, 0);
});

test('any text gives finite values, each feature once, and the same again after another text', (t) => {
  const vectorizer = vectorizerFor(plainFeatures, ['great service', 'привет', '😀 good']);
  const take = (text: string) => {
    const { indices, values, length } = vectorizer.vectorize(text);
    return { indices: [...indices.subarray(0, length)], values: [...values.subarray(0, length)] };
  };
  for (const text of strangeTexts(300, 11)) {
    const first = take(text);
    t.true(first.values.every((value) => Number.isFinite(value) && value > 0));
    t.is(new Set(first.indices).size, first.indices.length);
    vectorizer.vectorize('great great service');
    t.deepEqual(take(text), first);
  }
});

test('every feature of a text has a name', (t) => {
  const vectorizer = vectorizerFor(plainFeatures, ['how do I reset it', 'привет']);
  for (const text of strangeTexts(50, 2)) {
    const names = vectorizer.names(text);
    const { indices, length } = vectorizer.vectorize(text);
    t.true(indices.subarray(0, length).every((feature) => names.has(feature)));
  }
});
