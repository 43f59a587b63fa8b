import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { cacheFolder } from '../../common/cache-folder.ts';
import { buildOnce } from '../../rehearsal/build-once.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The cache folder of the next builds. */
async function newCache(t: ExecutionContext): Promise<string> {
  process.env.XDG_CACHE_HOME = await temporaryFolder(t);
  await mkdir(cacheFolder());
  return cacheFolder();
}

test.serial('a build that another checkout has finished first is kept, other errors are not hidden', async (t) => {
  const cache = await newCache(t);
  const folder = await buildOnce('image', async (draft) => {
    t.regex(draft, new RegExp(`/\\.building-${process.pid}-\\w+/root$`));
    for (const path of [draft, join(cache, 'image')]) await mkdir(path);
    await writeFile(join(cache, 'image/theirs'), '');
  });
  t.is(folder, join(cache, 'image'));
  t.deepEqual(await readdir(folder), ['theirs']);
  await t.throwsAsync(
    buildOnce('another', async () => undefined),
    { code: 'ENOENT' },
  );
  t.deepEqual(await readdir(cache), ['image']);
});

test.serial('only the builds of ended processes are removed', async (t) => {
  const cache = await newCache(t);
  const ended = spawn('true');
  await once(ended, 'exit');
  const kept = [`.building-${process.pid}-abc`, '.building-', '.building-x', `building-${ended.pid}`, 'debian-12-abc'];
  for (const name of [...kept, `.building-${ended.pid}-abc`])
    await mkdir(join(cache, name, 'root'), { recursive: true });
  await buildOnce('image', (draft) => mkdir(draft));
  t.deepEqual(await readdir(cache), [...kept, 'image'].sort());
});
