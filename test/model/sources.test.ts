import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { modelSettings } from '../../model/settings.ts';
import { readSources } from '../../model/sources.ts';
import { smallSet } from './texts.ts';

const csv = (rows: { text: string; intent: string }[]): string =>
  `text,intent\n${rows.map(({ text, intent }) => `"${text}",${intent}\n`).join('')}`;

async function folderWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sources-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

test("without data, the project's own", async (t) => {
  const { train, test: held, golden } = await readSources(modelSettings.parse({}));
  t.deepEqual(
    [train.path, held.path, golden?.path],
    ['model/data/train.csv', 'model/data/test.csv', 'model/data/golden.csv'],
  );
});

test('without a test file, a share of every intent is held out', async (t) => {
  const folder = await folderWith(t, { 'data.csv': csv(smallSet) });
  const sources = await readSources(modelSettings.parse({ data: join(folder, 'data.csv'), testShare: 0.25 }));
  t.is(sources.train.examples.length, 12);
  t.deepEqual(
    sources.test.examples.map(({ intent }) => intent),
    ['greeting', 'question', 'complaint', 'praise'],
  );
  t.deepEqual(Object.keys(sources).sort(), ['test', 'train']);
});

test('a golden list beside the data is found', async (t) => {
  const folder = await folderWith(t, {
    'data.csv': csv(smallSet),
    'golden.csv': 'text,intent\n"",unknown\nhello,greeting\n',
  });
  const { golden } = await readSources(modelSettings.parse({ data: join(folder, 'data.csv') }));
  t.deepEqual(
    golden?.examples.map(({ text, intent }) => [text, intent]),
    [
      ['', 'unknown'],
      ['hello', 'greeting'],
    ],
  );
});

test('an intent that training does not hold is a typo', async (t) => {
  const folder = await folderWith(t, {
    'data.csv': csv(smallSet),
    'test.csv': 'text,intent\nhello,greeting\nbye,greting\n',
  });
  const settings = modelSettings.parse({ data: join(folder, 'data.csv'), test: join(folder, 'test.csv') });
  await t.throwsAsync(readSources(settings), {
    name: 'DataError',
    message: `${folder}/test.csv:3: expected an intent that ${folder}/data.csv holds, got greting`,
  });
});

test('out-of-scope texts may come in the test alone', async (t) => {
  const folder = await folderWith(t, {
    'data.csv': csv(smallSet),
    'test.csv': 'text,intent\nhello,greeting\nzxcv,oos\n',
  });
  const settings = modelSettings.parse({
    data: join(folder, 'data.csv'),
    test: join(folder, 'test.csv'),
    outOfScopeLabel: 'oos',
  });
  t.is((await readSources(settings)).test.examples.length, 2);
});

test('too little to hold anything out is refused', async (t) => {
  const folder = await folderWith(t, { 'data.csv': 'text,intent\nhello,greeting\nwhy,question\n' });
  await t.throwsAsync(readSources(modelSettings.parse({ data: join(folder, 'data.csv') })), {
    name: 'DataError',
    message: `${folder}/data.csv: expected several texts of each intent, so that some can be held out, got 2 in all; add more, or name a test file`,
  });
});

for (const part of ['test', 'validation']) {
  test(`${part} texts that are all out of scope measure nothing`, async (t) => {
    const folder = await folderWith(t, { 'data.csv': csv(smallSet), 'part.csv': 'text,intent\nqwerty,unknown\n' });
    const settings = modelSettings.parse({ data: join(folder, 'data.csv'), [part]: join(folder, 'part.csv') });
    await t.throwsAsync(readSources(settings), {
      name: 'DataError',
      message: `${folder}/part.csv: expected texts with an intent, got 1 out of scope; add some`,
    });
  });
}

test("the project's own data is found from any folder", async (t) => {
  const { stdout } = await execa(
    process.execPath,
    [
      '--eval',
      `import(${JSON.stringify(`${process.cwd()}/model/settings.ts`)}).then(({ defaultData }) => console.log(require('fs').existsSync(defaultData.train)))`,
    ],
    { cwd: tmpdir() },
  );
  t.is(stdout, 'true');
});
