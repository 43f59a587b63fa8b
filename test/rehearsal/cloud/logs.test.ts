import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readConsole, readLogs } from '../../../rehearsal/cloud/logs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('logs are cut to their last lines, the recap is not; a missing one is empty', async (t) => {
  const folder = await temporaryFolder(t);
  t.deepEqual(await readLogs(folder, 2), { recap: '', bootstrap: '', service: '', proxy: '' });
  for (const name of ['intent-fleet', 'nginx', 'journal']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'intent-fleet/recap.json'), '{\n  "failed": 1\n}\n');
  await writeFile(join(folder, 'intent-fleet/bootstrap.log'), 'one\ntwo\nthree\n');
  await writeFile(join(folder, 'nginx/error.log'), 'a\nb\nc\n\n');
  const recap = '{\n  "failed": 1\n}\n';
  t.deepEqual(await readLogs(folder, 2), { recap, bootstrap: 'two\nthree', service: '', proxy: 'b\nc' });
});

test('the console of a machine is read from its records; other ids have none', async (t) => {
  const records = await temporaryFolder(t);
  await mkdir(join(records, 'i-1'));
  const file = join(records, 'i-1/console.log');
  await writeFile(file, 'boots\n');
  const writtenAt = new Date('2026-01-01T00:00:00Z');
  await utimes(file, writtenAt, writtenAt);
  t.deepEqual(await readConsole(records, 'i-1'), { text: 'boots\n', writtenAt });
  for (const id of ['i-2', '../i-1', '']) t.is(await readConsole(records, id), undefined);
});
