import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { memoryPercent } from '../../../logs/memory/utilization.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const meminfo = 'MemTotal:        2000000 kB\nMemFree:          200000 kB\nMemAvailable:    1500000 kB\n';

/** What a machine with these files uses. */
async function percentWith(t: ExecutionContext, groups: Record<string, string>): Promise<number> {
  const folder = await temporaryFolder(t);
  for (const [path, content] of Object.entries({ 'proc/meminfo': meminfo, ...groups })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return memoryPercent(folder);
}

test('a machine uses what is not available', async (t) => {
  t.is(await percentWith(t, {}), 25);
});

test('a container uses what its control group has beyond cached files, in both versions', async (t) => {
  const unified = (limit: string) => ({
    'sys/fs/cgroup/memory.max': limit,
    'sys/fs/cgroup/memory.current': '600000000\n',
    'sys/fs/cgroup/memory.stat': 'anon 500000000\nfile 100000000\nfile_mapped 7\n',
  });
  t.is(await percentWith(t, unified('1000000000\n')), 50);
  t.is(await percentWith(t, unified('max\n')), 25);
  const separate = (limit: string) => ({
    'sys/fs/cgroup/memory/memory.limit_in_bytes': limit,
    'sys/fs/cgroup/memory/memory.usage_in_bytes': '400000000\n',
    'sys/fs/cgroup/memory/memory.stat': 'cache 7\ntotal_cache 100000000\n',
  });
  t.is(await percentWith(t, separate('1000000000\n')), 30);
  t.is(await percentWith(t, separate('9223372036854771712\n')), 25);
});
