import test from 'ava';
import { modelSettings } from '../../../model/settings.ts';
import { dataVariables, mergeFile, mergeSettings } from '../../../scripts/command-line/model-options.ts';

const stage = modelSettings.parse({
  data: 'ours.csv',
  test: 'our-test.csv',
  golden: 'our-golden.csv',
  seed: 7,
  columns: { text: 'message' },
});

test('without options, the settings are those of the stage', (t) => {
  t.deepEqual(mergeSettings(stage, {}), stage);
});

test('options take precedence over the stage', (t) => {
  t.deepEqual(mergeSettings(stage, { seed: 9, intentColumn: 'label' }), {
    ...stage,
    seed: 9,
    columns: { text: 'message', intent: 'label' },
  });
});

test("other data is not measured with the stage's test texts", (t) => {
  const { test: _, golden: __, ...others } = stage;
  t.deepEqual(mergeSettings(stage, { data: 'mine.csv' }), { ...others, data: 'mine.csv' });
});

test('refuses options that contradict each other', (t) => {
  t.throws(() => mergeSettings(stage, { profile: 'accurate', algorithm: 'bayes' }), {
    name: 'UserError',
    message:
      'algorithm: expected linear-svm or nothing, since the other profiles choose their own algorithms, got "bayes"',
  });
});

test('what names texts can be typed again', (t) => {
  t.is(dataVariables({}), '');
  const given = {
    data: 'our texts.csv',
    test: 'test.csv',
    textColumn: 'Nachricht',
    intentColumn: 'Kategorie',
    seed: 2,
  };
  t.is(dataVariables(given), " DATA='our texts.csv' TEST=test.csv TEXT_COLUMN=Nachricht INTENT_COLUMN=Kategorie");
});

test('a file replaces the way to learn as a whole, and nothing else', (t) => {
  const semantic = modelSettings.parse({ profile: 'semantic', descriptions: { praise: 'is happy' }, seed: 7 });
  t.deepEqual(mergeFile(semantic, { path: 'best.yaml', model: { algorithm: 'bayes' } }), {
    ...modelSettings.parse({ algorithm: 'bayes', seed: 7 }),
    ...{ cost: undefined, features: undefined },
  });
  const costly = modelSettings.parse({ cost: 5, threshold: 0.3 });
  t.is(mergeFile(costly, { path: 'best.yaml', model: { algorithm: 'linear-svm' } }).cost, undefined);
  t.is(mergeFile(costly, { path: 'best.yaml', model: { threshold: 0.4 } }).cost, 5);
});

test("other data of a file, too, is not measured with the stage's test texts, nor that of an option with the file's", (t) => {
  const file = { path: 'best.yaml', model: { data: 'a.csv', test: 'a-test.csv' } };
  const merged = mergeFile(stage, file);
  t.deepEqual([merged.data, merged.test, merged.golden], ['a.csv', 'a-test.csv', undefined]);
  const { data, test: measured } = mergeSettings(merged, { data: 'b.csv' });
  t.deepEqual([data, measured], ['b.csv', undefined]);
});

test('what a file says wrong is named with the file', (t) => {
  t.throws(() => mergeFile(stage, { path: 'best.yaml', model: { cost: -1 } }), {
    name: 'UserError',
    message: 'best.yaml: not the settings of a model:\n  cost: expected at least 0.001, got -1',
  });
});
