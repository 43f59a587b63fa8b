import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readKeyRing } from '../../app/access/key-ring.ts';
import { writeKeyFile } from '../../keys/key-file.ts';
import { makeKey } from '../app/access/keys.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the file holds the keys for workers; the same keys change its time alone', async (t) => {
  const path = join(await temporaryFolder(t), 'keys.json');
  const web = makeKey('web');
  t.is(await writeKeyFile(path, [web.named]), 'written');
  t.is((await readKeyRing(path)).find(web.text)?.name, 'web');
  const { ino, mode } = await stat(path);
  t.is(mode & 0o777, 0o640);
  await utimes(path, new Date(0), new Date(0));
  t.is(await writeKeyFile(path, [web.named]), 'unchanged');
  const touched = await stat(path);
  t.is(touched.ino, ino);
  t.true(Date.now() - touched.mtimeMs < 60_000);
  t.is(await writeKeyFile(path, []), 'written');
  t.not((await stat(path)).ino, ino);
  t.is(await readFile(path, 'utf8'), '{\n  "keys": []\n}\n');
});

test('a file that somebody has damaged is written again', async (t) => {
  const path = join(await temporaryFolder(t), 'keys.json');
  await writeFile(path, 'rubbish');
  t.is(await writeKeyFile(path, []), 'written');
  t.is((await readKeyRing(path)).size, 0);
});
