import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Load, type LoadResult, ohaArguments, parseOhaResult } from './oha.ts';
import { pinned } from './pinning.ts';
import { steadyLatency } from './steady-latency.ts';

export interface Generator {
  /** The path of oha. */
  oha: string;
  /** The command that runs it elsewhere, such as in a network namespace. */
  prefix?: readonly string[];
}

// Prints the CPU time of its children after oha's own output.
const withTimes = ['sh', '-c', '"$@" && times >&2', 'sh'];

/** Loads a server from a process that is pinned to other cores than the servers. */
export async function runLoad({ oha, prefix = [] }: Generator, load: Load): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'load-'));
  try {
    const bodies = join(folder, 'bodies');
    const database = load.afterSeconds === undefined ? undefined : join(folder, 'requests.sqlite');
    await writeFile(bodies, load.bodies.map((body) => `${body}\n`).join(''));
    const [program = '', ...rest] = [
      ...prefix,
      ...pinned('load', [...withTimes, oha, ...ohaArguments(load, bodies, database)]),
    ];
    const { stdout, stderr } = await execa(program, rest, { stdin: 'ignore' });
    const result = parseOhaResult(stdout, stderr);
    if (database === undefined || load.afterSeconds === undefined) return result;
    return { ...result, milliseconds: steadyLatency(database, load.afterSeconds) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Refuses a result with other statuses than 200; warns where the generator, not the server, may be the limit. */
export function checkResult(name: string, { statuses, generatorCpu }: LoadResult): void {
  if (Object.keys(statuses).some((status) => status !== '200')) {
    throw new Error(`${name}: expected status 200 alone, got ${JSON.stringify(statuses)}`);
  }
  if (generatorCpu > 0.95) {
    console.error(`${name}: the load generator used ${generatorCpu.toFixed(2)} cores and may be the limit`);
  }
}
