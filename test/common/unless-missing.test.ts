import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { unlessMissing } from '../../common/unless-missing.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a file that does not exist is undefined, and other errors stay errors', async (t) => {
  const folder = await temporaryFolder(t);
  t.is(await readFile(join(folder, 'none')).catch(unlessMissing), undefined);
  await t.throwsAsync(readFile(folder).catch(unlessMissing), { code: 'EISDIR' });
});
