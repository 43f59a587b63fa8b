import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readTexts } from '../../load/texts.ts';
import { modelSettings } from '../../model/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const settings = modelSettings.parse({});

async function write(t: ExecutionContext, name: string, content: string): Promise<string> {
  const path = join(await temporaryFolder(t), name);
  await writeFile(path, content);
  return path;
}

test('a file has a text on each line, but empty ones', async (t) => {
  const path = await write(t, 'texts.txt', 'hello\r\n\n "quoted", text\nlast');
  t.deepEqual(await readTexts(path, settings), ['hello', ' "quoted", text', 'last']);
});

test('labelled data is read as for training, with the columns of the stage', async (t) => {
  const path = await write(t, 'data.csv', 'message,intent\n"hello, you",greeting\n');
  const own = modelSettings.parse({ columns: { text: 'message' } });
  t.deepEqual(await readTexts(path, own), ['hello, you']);
  await t.throwsAsync(readTexts(path, settings), { name: 'DataError', message: /data\.csv:1: expected .*text/ });
});

test("without a file they are the model's test texts", async (t) => {
  const texts = await readTexts(undefined, settings);
  t.true(texts.length > 50);
  t.true(texts.every((text) => text.trim() !== ''));
});

test('a file that is missing or has no text is named', async (t) => {
  await t.throwsAsync(readTexts('/nowhere.txt', settings), {
    name: 'UserError',
    message: 'TEXTS=/nowhere.txt: expected a file that can be read, got ENOENT',
  });
  const empty = await write(t, 'empty.txt', '\n \n');
  await t.throwsAsync(readTexts(empty, settings), {
    name: 'UserError',
    message: `TEXTS=${empty}: expected a text on each line, got none`,
  });
});
