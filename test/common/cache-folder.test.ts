import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { cacheFolder, moveIntoPlace } from '../../common/cache-folder.ts';

test('the cache is below the XDG cache folder of the user', (t) => {
  t.is(cacheFolder({ XDG_CACHE_HOME: '/cache' }), '/cache/intent-fleet');
  t.regex(cacheFolder({}), /\/\.cache\/intent-fleet$/);
});

test('the first finished folder is kept, and other errors are not hidden', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'cache-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const name of ['first', 'second']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, `from-${name}`), '');
    await moveIntoPlace(join(folder, name), join(folder, 'cached'));
  }
  t.deepEqual(await readdir(join(folder, 'cached')), ['from-first']);
  await t.throwsAsync(moveIntoPlace(join(folder, 'none'), join(folder, 'elsewhere')), { code: 'ENOENT' });
});
