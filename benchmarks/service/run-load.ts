import { join } from 'node:path';
import { execa } from 'execa';
import type { Load, LoadResult } from './load/generate.ts';
import { pinned } from './pinning.ts';

const main = join(import.meta.dirname, 'load', 'main.ts');

/** Loads a server from a process of its own. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const [program = '', ...rest] = pinned('load', [process.execPath, main]);
  const { stdout } = await execa(program, rest, { input: JSON.stringify(load) });
  return JSON.parse(stdout) as LoadResult;
}

/** Refuses a result that would flatter: answers that are no answers, or a generator that was the bottleneck. */
export function checkResult(name: string, { statuses, generatorCpu }: LoadResult): void {
  const wrong = Object.entries(statuses).filter(([status]) => status !== '200');
  if (wrong.length > 0) throw new Error(`${name}: expected status 200 alone, got ${JSON.stringify(statuses)}`);
  if (generatorCpu > 0.95)
    console.error(`${name}: the load generator used ${generatorCpu.toFixed(2)} cores and may be the limit`);
}
