import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { cacheFolder, moveIntoPlace } from '../../common/cache-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the cache is below the XDG cache folder of the user', (t) => {
  t.is(cacheFolder({ XDG_CACHE_HOME: '/cache' }), '/cache/intent-fleet');
  t.regex(cacheFolder({}), /\/\.cache\/intent-fleet$/);
});

test('the first finished folder is kept, and other errors are not hidden', async (t) => {
  const folder = await temporaryFolder(t);
  for (const name of ['first', 'second']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, `from-${name}`), '');
    await moveIntoPlace(join(folder, name), join(folder, 'cached'));
  }
  t.deepEqual(await readdir(join(folder, 'cached')), ['from-first']);
  await t.throwsAsync(moveIntoPlace(join(folder, 'none'), join(folder, 'elsewhere')), { code: 'ENOENT' });
});
