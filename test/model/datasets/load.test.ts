import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { loadDatasets } from '../../../model/datasets/load.ts';
import { modelSettings } from '../../../model/settings.ts';
import { folderWith, smallCsv } from '../folders.ts';

function settingsFor(folder: string, changes: object = {}) {
  return modelSettings.parse({ data: join(folder, 'data.csv'), ...changes });
}

test("without data, the project's own is loaded", async (t) => {
  const { train, test: held, golden } = await loadDatasets(modelSettings.parse({}));
  t.deepEqual(
    [train.path, held.path, golden?.path],
    ['model/data/train.csv', 'model/data/test.csv', 'model/data/golden.csv'],
  );
});

test('without a test file, a share of every intent is held out', async (t) => {
  const folder = await folderWith(t, { 'data.csv': smallCsv });
  const splits = await loadDatasets(settingsFor(folder, { testShare: 0.25 }));
  t.is(splits.train.examples.length, 12);
  t.deepEqual(
    splits.test.examples.map(({ intent }) => intent),
    ['greeting', 'question', 'complaint', 'praise'],
  );
  t.deepEqual(Object.keys(splits).sort(), ['test', 'train']);
});

test('golden.csv beside the data is loaded', async (t) => {
  const golden = 'text,intent\n"",unknown\nhello,greeting\n';
  const folder = await folderWith(t, { 'data.csv': smallCsv, 'golden.csv': golden });
  t.deepEqual((await loadDatasets(settingsFor(folder))).golden?.examples, [
    { text: '', intent: 'unknown', line: 2 },
    { text: 'hello', intent: 'greeting', line: 3 },
  ]);
});

test('refuses a test intent that training does not hold', async (t) => {
  const folder = await folderWith(t, {
    'data.csv': smallCsv,
    'test.csv': 'text,intent\nhello,greeting\nbye,greting\n',
  });
  await t.throwsAsync(loadDatasets(settingsFor(folder, { test: join(folder, 'test.csv') })), {
    name: 'DataError',
    message: `${folder}/test.csv:3: expected an intent that ${folder}/data.csv holds, got greting`,
  });
});

test('the test data alone may hold out-of-scope texts', async (t) => {
  const folder = await folderWith(t, {
    'data.csv': smallCsv,
    'test.csv': 'text,intent\nhello,greeting\nzxcv,oos\n',
  });
  const settings = settingsFor(folder, { test: join(folder, 'test.csv'), outOfScopeLabel: 'oos' });
  t.is((await loadDatasets(settings)).test.examples.length, 2);
});

test('refuses data too small to hold anything out', async (t) => {
  const folder = await folderWith(t, { 'data.csv': 'text,intent\nhello,greeting\nwhy,question\n' });
  await t.throwsAsync(loadDatasets(settingsFor(folder)), {
    name: 'DataError',
    message: `${folder}/data.csv: expected several texts of each intent, so that some can be held out, got 2 in all; add more, or name a test file`,
  });
});

for (const part of ['test', 'validation']) {
  test(`refuses ${part} texts that are all out of scope`, async (t) => {
    const folder = await folderWith(t, { 'data.csv': smallCsv, 'part.csv': 'text,intent\nqwerty,unknown\n' });
    await t.throwsAsync(loadDatasets(settingsFor(folder, { [part]: join(folder, 'part.csv') })), {
      name: 'DataError',
      message: `${folder}/part.csv: expected texts with an intent, got 1 out of scope; add some`,
    });
  });
}

test("the project's own data is found from any folder", async (t) => {
  const module = JSON.stringify(`${process.cwd()}/model/datasets/load.ts`);
  const code = `import(${module}).then(({ defaultData }) => console.log(require('fs').existsSync(defaultData.train)))`;
  const { stdout } = await execa(process.execPath, ['--eval', code], { cwd: tmpdir() });
  t.is(stdout, 'true');
});
