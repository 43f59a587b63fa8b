import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { limitMemory, processorSeconds } from '../../../rehearsal/machines/cgroups.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A folder of control groups with these files. */
async function groupsWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

test('the processor time of a group is read in both versions of control groups', async (t) => {
  const unified = await groupsWith(t, {
    'cloud/i-1/cpu.stat': 'usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\n',
  });
  t.is(await processorSeconds('cloud/i-1', unified), 1.5);
  const separate = await groupsWith(t, { 'cpuacct/cloud/i-1/cpuacct.usage': '2500000000\n' });
  t.is(await processorSeconds('cloud/i-1', separate), 2.5);
});

test('a group that is gone, or without a controller that counts, has none', async (t) => {
  const folder = await groupsWith(t, { 'cloud/i-1/cpu.stat': 'nr_periods 0\n', 'cloud/i-1/cgroup.procs': '' });
  t.is(await processorSeconds('cloud/i-1', folder), undefined);
  t.is(await processorSeconds('cloud/i-2', folder), undefined);
});

test('the memory of a group is limited in both versions of control groups, where they have the controller', async (t) => {
  const unified = await groupsWith(t, { 'cloud/i-1/memory.max': 'max\n' });
  await limitMemory('cloud/i-1', 2 ** 31, unified);
  t.is(await readFile(join(unified, 'cloud/i-1/memory.max'), 'utf8'), '2147483648');
  const separate = await groupsWith(t, { 'memory/cloud/i-1/memory.limit_in_bytes': '9223372036854771712\n' });
  await limitMemory('cloud/i-1', 2 ** 31, separate);
  t.is(await readFile(join(separate, 'memory/cloud/i-1/memory.limit_in_bytes'), 'utf8'), '2147483648');
  await t.notThrowsAsync(limitMemory('cloud/i-1', 2 ** 31, await groupsWith(t, { 'cloud/i-1/cgroup.procs': '' })));
});
