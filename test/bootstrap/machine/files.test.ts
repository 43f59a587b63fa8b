import { lstat, readdir, readFile } from 'node:fs/promises';
import test from 'ava';
import { testMachine } from '../machine.ts';

test('what does not exist reads as undefined', async (t) => {
  const { files } = await testMachine(t);
  t.is(await files.read('/etc/none'), undefined);
  t.is(await files.read('/etc/passwd/none'), undefined);
  t.is(await files.attributes('/etc/none'), undefined);
  t.is(await files.readLink('/etc/none'), undefined);
});

test('what cannot be read is an error, not an absence', async (t) => {
  const { files } = await testMachine(t);
  await t.throwsAsync(files.read('/etc'), { message: '/etc: EISDIR: illegal operation on a directory, read' });
});

test('a file is written with its mode, and its directory is made', async (t) => {
  const { at, files } = await testMachine(t);
  await files.write('/var/lib/a/b', 'text', 0o600);
  t.is(await files.read('/var/lib/a/b'), 'text');
  t.is((await files.attributes('/var/lib/a/b'))?.mode, 0o600);
  t.deepEqual(await readdir(at('/var/lib/a')), ['b']);
});

test('a temporary directory is named as the machine sees it, and belongs to its owner alone', async (t) => {
  const { at, files } = await testMachine(t);
  const path = await files.makeTemporaryDirectory('/srv/a/.candidate-');
  t.regex(path, /^\/srv\/a\/\.candidate-\w{6}$/);
  t.is((await lstat(at(path))).mode & 0o777, 0o700);
});

test('a link replaces a file', async (t) => {
  const { at, files } = await testMachine(t);
  await files.write('/etc/a', 'text', 0o600);
  t.is(await files.readLink('/etc/a'), undefined);
  await files.link('/etc/a', '/etc/b');
  t.is(await files.readLink('/etc/a'), '/etc/b');
  await files.write('/etc/a', 'text', 0o600);
  t.is(await readFile(at('/etc/a'), 'utf8'), 'text');
});
