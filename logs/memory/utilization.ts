import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../../common/unless-missing.ts';

/** The files of the control group in which a container runs, by version; a machine's outermost group has no limit. */
const versions = [
  { folder: 'sys/fs/cgroup', limit: 'memory.max', used: 'memory.current', cached: 'file' },
  {
    folder: 'sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cached: 'total_cache',
  },
];

/** Returns how much of this machine's memory is in use, in percent; what only caches files is not. `root` is `/` outside of tests. */
export async function memoryPercent(root = '/'): Promise<number> {
  const { total, used } = machineMemory(await readFile(join(root, 'proc/meminfo'), 'utf8'));
  for (const { folder, limit, used: usage, cached } of versions) {
    const read = (name: string) => readFile(join(root, folder, name), 'utf8');
    // Without a limit it is `max`, or a number beyond any memory.
    const bytes = Number(await read(limit).catch(unlessMissing));
    if (!(bytes < total)) continue;
    return percent(Number(await read(usage)) - valueIn(await read('memory.stat'), `${cached} `), bytes);
  }
  return percent(used, total);
}

/** Returns the bytes of a machine that are there and in use, from the text of /proc/meminfo. */
function machineMemory(meminfo: string): { total: number; used: number } {
  const [total = 0, available = 0] = ['MemTotal:', 'MemAvailable:'].map((name) => valueIn(meminfo, name) * 1024);
  return { total, used: total - available };
}

function valueIn(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(name));
  return Number.parseInt(line?.slice(name.length) ?? '', 10);
}

function percent(part: number, whole: number): number {
  return (100 * part) / whole;
}
