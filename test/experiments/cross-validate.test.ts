import test from 'ava';
import { measurePart } from '../../experiments/cross-validate.ts';
import { DataError } from '../../model/datasets/example.ts';
import { smallSet } from '../model/texts.ts';
import { datasetOf, settingsWith } from '../model/trained.ts';

const repeated = smallSet.flatMap(({ text, intent, line }) =>
  ['please', 'now', 'today'].map((word, at) => ({ text: `${text} ${word}`, intent, line: 3 * line + at })),
);

test('each text is held out once, and is right where a model of the others finds its intent', async (t) => {
  const train = datasetOf(repeated);
  const parts = [];
  for (const fold of [0, 1, 2]) parts.push(await measurePart(train, settingsWith(), 3, { fold, share: 1 }));
  t.deepEqual(
    parts.map(({ fold, share, learned, texts }) => ({ fold, share, learned, texts })),
    [0, 1, 2].map((fold) => ({ fold, share: 1, learned: 32, texts: 16 })),
  );
  for (const { right, texts, trainSeconds, microseconds } of parts) {
    t.true(right > texts / 2 && right <= texts, `${right} of ${texts}`);
    t.true(trainSeconds >= 0 && microseconds >= 0);
  }
});

test('a share of a learning curve learns from fewer texts and answers the same', async (t) => {
  const train = datasetOf(repeated);
  const half = await measurePart(train, settingsWith(), 3, { fold: 1, share: 0.5 });
  t.deepEqual([half.learned, half.texts, half.share], [16, 16, 0.5]);
});

test('out-of-scope texts are learned from, and not asked for', async (t) => {
  const outOfScope = ['what is the weather', 'tell me a joke', 'play a song'];
  const others = outOfScope.map((text, at) => ({ text, intent: 'unknown', line: 100 + at }));
  const part = await measurePart(datasetOf([...repeated, ...others]), settingsWith(), 3, { fold: 0, share: 1 });
  t.deepEqual([part.learned, part.texts], [34, 16]);
});

test('a text whose intent no other text has is wrong', async (t) => {
  const single = { text: 'great service please', intent: 'alone', line: 99 };
  const results = [];
  for (const fold of [0, 1])
    results.push(await measurePart(datasetOf([...repeated, single]), settingsWith(), 2, { fold, share: 1 }));
  const texts = results.reduce((sum, result) => sum + result.texts, 0);
  const right = results.reduce((sum, result) => sum + result.right, 0);
  t.is(texts, 49);
  t.true(right < texts);
});

test('an algorithm that the data are too many for refuses', async (t) => {
  const many = Array.from({ length: 60 }, (_, at) =>
    repeated.map(({ text, intent, line }) => ({ text: `${text} ${at} word${at}`, intent, line })),
  );
  const settings = settingsWith({ algorithm: 'logistic-regression' });
  await t.throwsAsync(measurePart(datasetOf(many.flat()), settings, 2, { fold: 0, share: 1 }), {
    instanceOf: DataError,
    message: /^logistic-regression: .* takes minutes beyond/,
  });
});
