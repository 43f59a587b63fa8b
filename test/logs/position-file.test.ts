import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { PositionFile } from '../../logs/position-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a position is read as it was written; there is none before', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'journal');
  const file = new PositionFile(path);
  t.is(await file.read(), undefined);
  await file.write('s=1;i=2');
  await file.write('s=1;i=3');
  t.is(await new PositionFile(path).read(), 's=1;i=3');
  t.is(await readFile(path, 'utf8'), 's=1;i=3\n');
  t.is((await stat(path)).mode & 0o777, 0o600);
  t.deepEqual(await readdir(folder), ['journal']);
});
