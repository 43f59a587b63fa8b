import test from 'ava';
import { createClassifier } from '../../../model/artifact/open.ts';
import type { Example } from '../../../model/datasets/example.ts';
import { smallSet } from '../texts.ts';
import { datasetOf, openSmall, smallSplits, trainSmall } from '../trained.ts';

const labels = ['complaint', 'greeting', 'praise', 'question'];

test('the manifest describes the model and its data', async (t) => {
  const { manifest } = await trainSmall({ threshold: 0.4 });
  const source = { rows: 16, sha256: smallSplits.train.sha256 };
  t.like(manifest, {
    format: 3,
    profile: 'default',
    algorithm: 'linear-svm',
    labels,
    outOfScopeClass: false,
    members: [{ kind: 'linear', precision: 'int8' }],
    threshold: { value: 0.4, rule: 'given in the settings' },
    data: { train: source, test: source, testShare: null },
    reference: { texts: 16, confidences: { length: 12 } },
    trainedAt: null,
    versions: { node: process.versions.node },
  });
});

test('the examples are golden and test texts with the answers of the opened model; the same data give the same', async (t) => {
  const golden = datasetOf([
    { text: 'hello', intent: 'greeting', line: 2 },
    { text: 'ΨΩ', intent: 'unknown', line: 3 },
    { text: 'hello', intent: 'praise', line: 4 },
  ]);
  const splits = { ...smallSplits, golden };
  const { manifest } = await trainSmall({ threshold: 0.2 }, splits);
  t.deepEqual(manifest.examples.slice(0, 2), [
    { text: 'hello', intent: 'greeting' },
    { text: 'ΨΩ', intent: 'unknown' },
  ]);
  t.deepEqual(
    manifest.examples.slice(2, 6).map(({ text }) => text),
    ['this is terrible', 'hello there', 'great service', 'how do I reset my password'],
  );
  const { predict } = createClassifier(await trainSmall({ threshold: 0.2 }, splits), 'small');
  t.deepEqual(
    manifest.examples,
    manifest.examples.map(({ text }) => ({ text, intent: predict(text).intent })),
  );
});

test('the manifest states the share that was held out', async (t) => {
  const shareOf = async (changes: object) => (await trainSmall(changes)).manifest.data.testShare;
  t.is(await shareOf({ data: 'a.csv', testShare: 0.3 }), 0.3);
  t.is(await shareOf({ data: 'a.csv', test: 'b.csv' }), null);
});

test.serial('SOURCE_DATE_EPOCH is the date of the training, and must be a number', async (t) => {
  t.teardown(() => {
    delete process.env.SOURCE_DATE_EPOCH;
  });
  process.env.SOURCE_DATE_EPOCH = '1700000000';
  t.is((await trainSmall()).manifest.trainedAt, '2023-11-14T22:13:20.000Z');
  process.env.SOURCE_DATE_EPOCH = 'yesterday';
  await t.throwsAsync(trainSmall(), { message: 'SOURCE_DATE_EPOCH: expected seconds since 1970, got "yesterday"' });
});

// A change of these changes the weights of every model that is trained: measure it with `make bench-model`.
const trainings: [changes: object, weights: string][] = [
  [{}, '9d5a5507fd9b'],
  [{ algorithm: 'bayes' }, '9120a5272459'],
  [{ algorithm: 'logistic-regression' }, 'bc64a9679aa2'],
  [{ profile: 'accurate' }, '032c7829e6c5'],
];

for (const [changes, weights] of trainings) {
  test(`training gives known weights, which predict as training measured: ${JSON.stringify(changes)}`, async (t) => {
    const { manifest, predict } = await openSmall(t, changes);
    t.deepEqual(manifest, (await trainSmall(changes)).manifest);
    t.is(manifest.weights.sha256.slice(0, 12), weights);
    const right = smallSet.filter(({ text, intent }) => predict(text).alternatives[0]?.intent === intent);
    t.is(right.length / smallSet.length, manifest.metrics.accuracy);
    t.true(manifest.metrics.accuracy >= 0.875);
  });
}

test('out-of-scope examples become a class that is not an intent', async (t) => {
  const strange = ['zxcv qwer', 'tyui ghjk', 'bnm zxcv', 'qwer tyui'];
  const train = datasetOf([...smallSet, ...strange.map((text) => ({ text, intent: 'unknown', line: 1 }))]);
  const { manifest } = await trainSmall({}, { train, test: train });
  t.like(manifest, { labels, outOfScopeClass: true, metrics: { examples: 16, outOfScopeRecall: 1 } });
});

test('the threshold is chosen on the validation texts', async (t) => {
  const outOfScope = { text: 'zxcv qwer', intent: 'unknown', line: 1 };
  const validation = datasetOf([...smallSet, outOfScope, outOfScope, outOfScope]);
  const { manifest } = await trainSmall({}, { ...smallSplits, validation });
  t.false(manifest.outOfScopeClass);
  t.regex(manifest.threshold.rule, /^most right answers on held-out texts if 10 % of all were out of scope/);
  t.true(manifest.threshold.value > 0.25);
  t.is(manifest.reference?.texts, validation.examples.length);
});

const refusals: [name: string, examples: Example[], message: string][] = [
  [
    'a single intent',
    smallSet.filter(({ intent }) => intent === 'praise'),
    'small.csv: expected at least 2 intents, got 1 (praise); add another',
  ],
  [
    'an intent with the name of the unknown answer',
    [...smallSet, { text: 'hm', intent: 'unknown', line: 99 }],
    'small.csv: expected no intent named unknown, which is the answer when none fits; rename it, or make it the outOfScopeLabel',
  ],
];

for (const [name, examples, message] of refusals) {
  test(`refuses ${name}`, async (t) => {
    const splits = { train: datasetOf(examples), test: datasetOf(examples) };
    await t.throwsAsync(trainSmall({ outOfScopeLabel: 'oos' }, splits), { name: 'DataError', message });
  });
}

test('intents may have the names of built-in properties', async (t) => {
  const names = ['__proto__', 'constructor', 'toString', '42'];
  const renamed = smallSet.map((example) => ({ ...example, intent: names[labels.indexOf(example.intent)] as string }));
  for (const algorithm of ['linear-svm', 'bayes', 'logistic-regression']) {
    const { manifest } = await trainSmall({ algorithm }, { train: datasetOf(renamed), test: datasetOf(renamed) });
    t.deepEqual(manifest.labels, ['42', '__proto__', 'constructor', 'toString']);
    t.true(manifest.metrics.accuracy >= 0.8);
    t.deepEqual(Object.keys(manifest.metrics.intents).sort(), manifest.labels);
  }
});
