import test from 'ava';
import { modelSettings } from '../../../model/settings.ts';
import { dataVariables, mergeSettings } from '../../../scripts/command-line/model-options.ts';

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
