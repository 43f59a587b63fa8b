import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { type DatasetSplits, loadDatasets } from '../../../model/datasets/load.ts';
import { modelSettings } from '../../../model/settings.ts';
import { folderWith, smallCsv } from '../folders.ts';

type Files = Partial<Record<'data' | 'test' | 'validation' | 'golden', string>>;

// Writes a CSV file for each of these; the settings name all but golden.csv.
async function load(t: ExecutionContext, given: Files, changes: object = {}): Promise<DatasetSplits> {
  const files = Object.entries({ data: smallCsv, ...given });
  const folder = await folderWith(t, Object.fromEntries(files.map(([name, content]) => [`${name}.csv`, content])));
  const named = files.filter(([name]) => name !== 'golden').map(([name]) => [name, join(folder, `${name}.csv`)]);
  return loadDatasets(modelSettings.parse({ ...Object.fromEntries(named), ...changes }));
}

test("without data, the project's own is loaded", async (t) => {
  const { train, test: held, golden } = await loadDatasets(modelSettings.parse({}));
  t.deepEqual(
    [train.path, held.path, golden?.path],
    ['model/data/train.csv', 'model/data/test.csv', 'model/data/golden.csv'],
  );
});

test('without a test file, a share of every intent is held out', async (t) => {
  const { train, test: held, ...others } = await load(t, {}, { testShare: 0.25 });
  const intents = held.examples.map(({ intent }) => intent);
  t.deepEqual(intents, ['greeting', 'question', 'complaint', 'praise']);
  t.is(train.examples.length, 12);
  t.deepEqual(others, {});
});

test('the checksum of held-out texts is theirs, not that of the file', async (t) => {
  const options = { testShare: 0.25 };
  const first = await load(t, {}, options);
  const reordered = `text,intent\n\n${smallCsv.split('\n').slice(1).join('\n')}`;
  const again = await load(t, { data: reordered }, options);
  t.not(again.train.sha256, first.train.sha256);
  t.is(again.test.sha256, first.test.sha256);
  const otherSeed = await load(t, {}, { ...options, seed: 2 });
  t.is(otherSeed.train.sha256, first.train.sha256);
  t.not(otherSeed.test.sha256, first.test.sha256);
});

test('golden.csv beside the data is loaded', async (t) => {
  const { golden } = await load(t, { golden: 'text,intent\n"",unknown\nhello,greeting\n' });
  t.deepEqual(golden?.examples, [
    { text: '', intent: 'unknown', line: 2 },
    { text: 'hello', intent: 'greeting', line: 3 },
  ]);
});

test('the test data alone may hold out-of-scope texts', async (t) => {
  const held = 'text,intent\nhello,greeting\nzxcv,oos\n';
  t.is((await load(t, { test: held }, { outOfScopeLabel: 'oos' })).test.examples.length, 2);
});

const refusals: [name: string, files: Files, message: RegExp][] = [
  [
    'a test intent that training does not hold',
    { test: 'text,intent\nhello,greeting\nbye,greting\n' },
    /^(\/.+)\/test\.csv:3: expected an intent that \1\/data\.csv holds, got greting$/,
  ],
  [
    'data too small to hold anything out',
    { data: 'text,intent\nhello,greeting\nwhy,question\n' },
    /^\/.+\/data\.csv: expected several texts of each intent, so that some can be held out, got 2 in all; add more, or name a test file$/,
  ],
  [
    'test texts that are all out of scope',
    { test: 'text,intent\nqwerty,unknown\n' },
    /^\/.+\/test\.csv: expected texts with an intent, got 1 out of scope; add some$/,
  ],
  [
    'validation texts that are all out of scope',
    { validation: 'text,intent\nqwerty,unknown\n' },
    /^\/.+\/validation\.csv: expected texts with an intent, got 1 out of scope; add some$/,
  ],
];

for (const [name, files, message] of refusals) {
  test(`refuses ${name}`, async (t) => {
    await t.throwsAsync(load(t, files), { name: 'DataError', message });
  });
}

test("the project's own data is found from any folder", async (t) => {
  const module = JSON.stringify(`${process.cwd()}/model/datasets/load.ts`);
  const code = `import(${module}).then(({ defaultData }) => console.log(require('fs').existsSync(defaultData.train)))`;
  const { stdout } = await execa(process.execPath, ['--eval', code], { cwd: tmpdir() });
  t.is(stdout, 'true');
});
