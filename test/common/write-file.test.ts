import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
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

test('a file that cannot be renamed to its place leaves nothing beside it', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'directory'));
  await t.throwsAsync(writeFileWhole(join(folder, 'directory'), 'new'), { code: 'EISDIR' });
  t.deepEqual(await readdir(folder), ['directory']);
});
