import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { FolderStore } from '../../registry/folder-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('an object is made once, and nothing is left beside it', async (t) => {
  const folder = await temporaryFolder(t);
  const store = new FolderStore(folder);
  const made = await Promise.all(['one', 'two', 'three'].map((text) => store.create('a/b', Buffer.from(text))));
  t.deepEqual(made.filter(Boolean), [true]);
  t.deepEqual(await readdir(join(folder, 'a')), ['b']);
  t.is((await store.read('a/b'))?.toString(), ['one', 'two', 'three'][made.indexOf(true)]);
  t.is(await store.read('a/c'), undefined);
});

test('what a killed create has left is not listed', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a/000001.json.0123.unfinished'), '');
  const store = new FolderStore(folder);
  t.deepEqual(await store.list('a/'), []);
  t.deepEqual(await store.list('none/'), []);
});

test('an error of the system names the place', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'a'), '');
  const store = new FolderStore(folder);
  const calls = [() => store.create('a/b', Buffer.from('')), () => store.list('a/'), () => store.read('a/b')];
  for (const call of calls) await t.throwsAsync(call, { message: new RegExp(`^${folder}/a(/b?)?: `) });
});
