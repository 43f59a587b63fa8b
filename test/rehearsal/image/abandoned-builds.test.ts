import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import test from 'ava';
import { createBuildFolder, removeAbandonedBuilds } from '../../../rehearsal/image/abandoned-builds.ts';

test('only the builds of ended processes are removed', async (t) => {
  const cache = await mkdtemp(join(tmpdir(), 'cache-'));
  t.teardown(() => rm(cache, { recursive: true }));
  const ended = spawn('true');
  await once(ended, 'exit');
  const own = basename(await createBuildFolder(cache));
  t.regex(own, new RegExp(`^\\.building-${process.pid}-`));
  const kept = [own, '.building-', '.building-x', `building-${ended.pid}`, 'debian-12-0123456789ab'];
  for (const name of [...kept.slice(1), `.building-${ended.pid}-abc`])
    await mkdir(join(cache, name, 'root'), { recursive: true });
  await removeAbandonedBuilds(cache);
  t.deepEqual(await readdir(cache), kept.sort());
});
