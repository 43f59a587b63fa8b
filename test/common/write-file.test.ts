import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { writeFileWhole } from '../../common/write-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a file replaces the one before, in a directory that it makes, and leaves nothing beside it', async (t) => {
  const path = join(await temporaryFolder(t), 'a/b');
  await writeFileWhole(path, 'old', 0o600);
  await writeFileWhole(path, 'new', 0o600);
  t.is(await readFile(path, 'utf8'), 'new');
  t.is((await lstat(path)).mode, 0o100600);
  t.deepEqual(await readdir(dirname(path)), ['b']);
});

test('a file that cannot be renamed to its place leaves nothing beside it', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'directory'));
  await t.throwsAsync(writeFileWhole(join(folder, 'directory'), 'new'), { code: 'EISDIR' });
  t.deepEqual(await readdir(folder), ['directory']);
});

test('a symbolic link is replaced, its target stays as it is', async (t) => {
  const folder = await temporaryFolder(t);
  const [target, link] = ['target', 'link'].map((name) => join(folder, name)) as [string, string];
  await writeFile(target, 'old');
  await symlink(target, link);
  await writeFileWhole(link, 'new');
  t.true((await lstat(link)).isFile());
  t.is(await readFile(target, 'utf8'), 'old');
});

test('a file for which the disk has no room is refused and leaves nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const module = resolve(import.meta.dirname, '../../common/write-file.ts');
  const code = `import { writeFileWhole } from '${module}'; await writeFileWhole('${join(folder, 'file')}', 'a'.repeat(9000));`;
  const limited = ['-c', 'ulimit -f 4; exec "$@"', 'bash', process.execPath, '--input-type=module', '--eval', code];
  const { failed, stderr } = await execa('bash', limited, { reject: false });
  t.true(failed);
  t.regex(stderr, /Error: \/.*\/file: EFBIG: file too large, write/);
  t.deepEqual(await readdir(folder), []);
});

test('drafts of processes that were killed are removed', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, '.draft-4194305-a-file'), 'half');
  await writeFile(join(folder, `.draft-${process.pid}-a-file`), 'still written');
  await writeFileWhole(join(folder, 'file'), 'whole');
  t.deepEqual(await readdir(folder), [`.draft-${process.pid}-a-file`, 'file']);
});
