import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { KeyRing } from '../../app/access/key-ring.ts';
import { machineKey } from '../../keys/machine-key.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a machine makes its key once; its file is a header, which only its owner may read', async (t) => {
  const path = join(await temporaryFolder(t), 'authorization');
  const made = await machineKey(path);
  const header = await readFile(path, 'utf8');
  t.regex(header, /^Authorization: Bearer ifk_[01]{7}_[0-9a-f]{16}_[\w-]{43}\n$/);
  t.is((await stat(path)).mode & 0o777, 0o600);
  t.is(new KeyRing([made]).find(header.trim().slice('Authorization: Bearer '.length))?.name, '_machine');
  t.deepEqual(await machineKey(path), made);
  t.is(await readFile(path, 'utf8'), header);
});

test('a damaged file is replaced', async (t) => {
  const path = join(await temporaryFolder(t), 'authorization');
  await writeFile(path, 'Authorization: Bearer ifk_');
  const { id } = await machineKey(path);
  t.true((await readFile(path, 'utf8')).includes(id));
});
