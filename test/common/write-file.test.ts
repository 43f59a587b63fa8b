import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'ava';
import { writeFileWhole } from '../../common/write-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a file replaces the one before, in a directory that it makes, and leaves nothing beside it', async (t) => {
  const path = join(await temporaryFolder(t), 'a/b');
  await writeFileWhole(path, 'old', 0o600);
  await writeFileWhole(path, 'new', 0o600);
  t.is(await readFile(path, 'utf8'), 'new');
  t.is((await stat(path)).mode & 0o777, 0o600);
  t.deepEqual(await readdir(dirname(path)), ['b']);
});

test('a file that cannot be written leaves the one before', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), 'old');
  await t.throwsAsync(writeFileWhole(join(folder, 'file/inside'), 'new'), { code: 'ENOTDIR' });
  t.is(await readFile(join(folder, 'file'), 'utf8'), 'old');
  t.deepEqual(await readdir(folder), ['file']);
});
