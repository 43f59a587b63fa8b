import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readLogs } from '../../../rehearsal/cloud/logs.ts';
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
