import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readCursor, writeCursor } from '../../../tracking/mlflow/cursor.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const cursor = { server: 'https://mlflow.example.com', run: 'ab', lines: 3 };

test('what was sent is kept for one server', async (t) => {
  const folder = await temporaryFolder(t);
  t.is(await readCursor(folder, cursor.server), undefined);
  await writeCursor(folder, cursor);
  t.deepEqual(await readCursor(folder, cursor.server), cursor);
  t.is(await readCursor(folder, 'https://other.example.com'), undefined);
  t.is(
    await readFile(join(folder, 'mlflow.json'), 'utf8'),
    '{"server":"https://mlflow.example.com","run":"ab","lines":3}\n',
  );
});

for (const content of ['', '{"server":', '{"server":"https://mlflow.example.com","run":"ab","lines":-1}'])
  test(`a file that holds ${content || 'nothing'} tells nothing`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'mlflow.json'), content);
    t.is(await readCursor(folder, cursor.server), undefined);
  });
