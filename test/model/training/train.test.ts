import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { openArtifact } from '../../../model/artifact/open.ts';
import { writeArtifact } from '../../../model/artifact/write.ts';
import { smallSet } from '../texts.ts';
import { datasetOf, smallSources, trainSmall } from '../trained.ts';

test('the same data and settings give the same bytes, another seed another version', async (t) => {
  const first = await trainSmall();
  t.deepEqual(await trainSmall(), first);
  t.not((await trainSmall({ seed: 2 })).manifest.version, first.manifest.version);
});

test('the manifest says what the model is and what it was made from', async (t) => {
  const { manifest } = await trainSmall({ threshold: 0.4 });
  t.like(manifest, {
    format: 1,
    profile: 'default',
    algorithm: 'linear-svm',
    labels: ['complaint', 'greeting', 'praise', 'question'],
    outOfScopeClass: false,
    members: [{ kind: 'linear', precision: 'int8' }],
    threshold: { value: 0.4, rule: 'given in the settings' },
    data: {
      train: { rows: 16, sha256: smallSources.train.sha256 },
      test: { rows: 16, sha256: smallSources.test.sha256 },
    },
    trainedAt: null,
  });
  t.is(manifest.versions.node, process.versions.node);
});

test.serial('a SOURCE_DATE_EPOCH that is no number is refused', async (t) => {
  process.env.SOURCE_DATE_EPOCH = 'yesterday';
  t.teardown(() => {
    delete process.env.SOURCE_DATE_EPOCH;
  });
  await t.throwsAsync(trainSmall(), { message: 'SOURCE_DATE_EPOCH: expected seconds since 1970, got "yesterday"' });
});

test.serial('SOURCE_DATE_EPOCH is the date', async (t) => {
  process.env.SOURCE_DATE_EPOCH = '1700000000';
  t.teardown(() => {
    delete process.env.SOURCE_DATE_EPOCH;
  });
  t.is((await trainSmall()).manifest.trainedAt, '2023-11-14T22:13:20.000Z');
});

for (const changes of [{}, { algorithm: 'bayes' }, { algorithm: 'logistic-regression' }, { profile: 'accurate' }]) {
  test(`what is measured is what opens and serves: ${JSON.stringify(changes)}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'artifact-'));
    t.teardown(() => rm(folder, { recursive: true }));
    const artifact = await trainSmall(changes);
    writeArtifact(artifact, join(folder, 'model'));
    const { manifest, predict } = await openArtifact(join(folder, 'model'));
    t.deepEqual(manifest, artifact.manifest);
    const right = smallSet.filter(({ text, intent }) => predict(text).alternatives[0]?.intent === intent);
    t.is(right.length / smallSet.length, manifest.metrics.accuracy);
    t.true(manifest.metrics.accuracy >= 0.8);
  });
}

test('out-of-scope examples become a class of their own that is never an intent', async (t) => {
  const strange = ['zxcv qwer', 'tyui ghjk', 'bnm zxcv', 'qwer tyui'].map((text) => ({
    text,
    intent: 'unknown',
    line: 1,
  }));
  const train = datasetOf([...smallSet, ...strange]);
  const { manifest } = await trainSmall({}, { train, test: train });
  t.true(manifest.outOfScopeClass);
  t.deepEqual(manifest.labels, ['complaint', 'greeting', 'praise', 'question']);
  t.is(manifest.metrics.examples, 16);
  t.is(manifest.metrics.outOfScopeRecall, 1);
});

test('a validation set chooses the threshold', async (t) => {
  const stranger = { text: 'zxcv qwer', intent: 'unknown', line: 1 };
  const validation = datasetOf([...smallSet, stranger, stranger, stranger]);
  const { manifest } = await trainSmall({}, { ...smallSources, validation });
  t.false(manifest.outOfScopeClass);
  t.is(
    manifest.threshold.rule,
    'most right answers on held-out texts if 10 % of all were out of scope, where unknown is right',
  );
  t.true(manifest.threshold.value > 0.25);
});

test('one intent alone is refused', async (t) => {
  const train = datasetOf(smallSet.filter(({ intent }) => intent === 'praise'));
  await t.throwsAsync(trainSmall({}, { train, test: train }), {
    name: 'DataError',
    message: 'small.csv: expected at least 2 intents, got 1 (praise); add another',
  });
});

test('an intent named like the answer when none fits is refused', async (t) => {
  const train = datasetOf([...smallSet, { text: 'hm', intent: 'unknown', line: 99 }]);
  await t.throwsAsync(trainSmall({ outOfScopeLabel: 'oos' }, { train, test: train }), {
    name: 'DataError',
    message:
      'small.csv: expected no intent named unknown, which is the answer when none fits; ' +
      'rename it, or make it the outOfScopeLabel',
  });
});

test('intents named like built-in properties are intents like any other', async (t) => {
  const names = ['__proto__', 'constructor', 'toString', '42'];
  const intents = ['complaint', 'greeting', 'praise', 'question'];
  const renamed = smallSet.map((example) => ({ ...example, intent: names[intents.indexOf(example.intent)] as string }));
  for (const algorithm of ['linear-svm', 'bayes', 'logistic-regression']) {
    const { manifest } = await trainSmall({ algorithm }, { train: datasetOf(renamed), test: datasetOf(renamed) });
    t.deepEqual(manifest.labels, ['42', '__proto__', 'constructor', 'toString']);
    t.true(manifest.metrics.accuracy >= 0.8);
    t.deepEqual(Object.keys(manifest.metrics.intents).sort(), manifest.labels);
  }
});
