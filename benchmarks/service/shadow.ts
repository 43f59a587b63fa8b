import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../../common/median.ts';
import { removeCurrent, writeCurrent } from '../../shadow/current.ts';
import { checkResult, runLoad } from '../load.ts';
import type { LoadResult } from '../oha.ts';
import { atMost, type Result } from '../result-table.ts';
import { type BenchServer, startBeside, stopServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import { predictionLoad, startReleasedService } from './service.ts';

type State = 'off' | 'on';
type Percentile = 'p50' | 'p99';
type Latencies = Record<State, LoadResult['milliseconds'][]>;

/** Measurements of each state in a round. */
const windows = 5;

// Connections are made at the beginning of each.
const afterSeconds = 2;

/** A shadow that has just started compiles its code; a long-lived one is what is measured. */
const warmUpSeconds = 20;

const target = 1.05;

const candidate = '0123456789abcdef';

/**
 * Measures the latency of the service at half of its highest throughput on one core, with a shadow on the same core and without it, in
 * turn. The shadow has the scheduling class that its slice has on a machine: the time that nobody else wants.
 */
export async function measureShadow(context: BenchContext): Promise<Result[]> {
  const { small, seconds, rounds } = context;
  const shadow = await makeFolder(context);
  const service = await startReleasedService(context, 'shadowed', small, 'http', { SHADOW_SOCKET: shadow.socket });
  const runner = startRunner(context, shadow);
  const latencies: Latencies = { off: [], on: [] };
  const { perSecond } = await runLoad(context, { ...predictionLoad(service, small), seconds });
  const rate = perSecond / 2;
  const measure = async (measured: BenchServer, length: number) => {
    const result = await runLoad(context, { ...predictionLoad(measured, small), seconds: length, rate, afterSeconds });
    checkResult(measured.name, result);
    return result.milliseconds;
  };
  let compared = 0;
  for (let round = 0; round < rounds; round += 1)
    for (const state of ['on', 'off'] as const) {
      await change(shadow, state);
      await measure(service, warmUpSeconds);
      for (let window = 0; window < windows; window += 1)
        latencies[state].push(await measure(service, seconds + afterSeconds));
      if (state === 'on') compared += await textsCompared(shadow);
    }
  await stopServer(runner);
  await stopServer(service);
  return results(latencies, rate, compared / (rounds * (warmUpSeconds + windows * (seconds + afterSeconds))));
}

interface ShadowFolder {
  folder: string;
  socket: string;
  metrics: string;
}

async function makeFolder({ folder, release }: BenchContext): Promise<ShadowFolder> {
  const own = join(folder, 'shadow');
  await mkdir(own, { recursive: true });
  await symlink(release.folder, join(own, candidate)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await removeCurrent(own);
  return { folder: own, socket: join(own, 'copies.sock'), metrics: join(own, 'shadow.prom') };
}

function startRunner({ release }: BenchContext, { folder, socket, metrics }: ShadowFolder): Pick<BenchServer, 'child'> {
  const { runtime, options, program, environment } = release.manifest.shadow;
  const command = [join(release.folder, runtime), ...options, join(release.folder, program)];
  return startBeside(['chrt', '--idle', '0', ...command], {
    ...environment,
    ...{ RELEASE: 'fedcba9876543210', SHADOW_FOLDER: folder, SHADOW_SOCKET: socket, METRICS_FILE: metrics },
    ...{ SHADOW_PORT: '20080', SHADOW_METRICS_PORT: '20081' },
  });
}

async function change({ folder, metrics }: ShadowFolder, state: State): Promise<void> {
  if (state === 'on') await writeCurrent(folder, { release: candidate });
  else await removeCurrent(folder);
  const isUp = async () => /^intent_shadow_up\{.*\} 1$/m.test(await readFile(metrics, 'utf8').catch(() => ''));
  while ((await isUp()) !== (state === 'on')) await delay(500);
  // The service looks for a shadow every 2 s.
  await delay(3000);
}

/** Its counts are written every 8 s. */
async function textsCompared({ metrics }: ShadowFolder): Promise<number> {
  await delay(9000);
  const counts = (await readFile(metrics, 'utf8')).matchAll(/^intent_shadow_answers_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

function results(latencies: Latencies, rate: number, comparedPerSecond: number): Result[] {
  const at = (state: State, percentile: Percentile) => latencies[state].map((one) => one[percentile]);
  const ratio = (percentile: Percentile) => median(at('on', percentile)) / median(at('off', percentile));
  const line = (percentile: Percentile) =>
    `${percentile} at ${Math.round(rate)} requests/s: ${spread(at('off', percentile))} without a shadow, ${spread(at('on', percentile))} with one; ratio`;
  return [
    { what: line('p50'), measured: ratio('p50').toFixed(3) },
    atMost(line('p99'), ratio('p99'), target, '', 3),
    { what: 'texts that the shadow compares', measured: `${Math.round(comparedPerSecond)} in a second` },
  ];
}

function spread(milliseconds: readonly number[]): string {
  const [least, most] = [Math.min(...milliseconds), Math.max(...milliseconds)];
  return `${median(milliseconds).toFixed(2)} ms (${least.toFixed(2)} to ${most.toFixed(2)})`;
}
