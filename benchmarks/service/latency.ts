import { median } from '../../common/median.ts';
import { startBare } from '../bare.ts';
import { checkResult, runLoad } from '../load.ts';
import type { LoadResult } from '../oha.ts';
import type { Result } from '../result-table.ts';
import { type BenchServer, stopServer, waitedMilliseconds } from '../servers.ts';
import type { BenchContext } from './context.ts';
import { predictionLoad, sampleAnswer, startReleasedService } from './service.ts';

const share = 0.6;
const targetMilliseconds = 5;

/**
 * Measures latency when requests are due at 60 % of the service's highest throughput, beside the reference server at the
 * same rate: what both have in common comes from the machine and the load generator.
 */
export async function measureLatency(context: BenchContext): Promise<Result[]> {
  const { small, seconds, rounds } = context;
  const service = await startReleasedService(context, 'latency', small);
  const bare = await startBare('latency, bare', await sampleAnswer(service, small));
  const { perSecond } = await runLoad(context, { ...predictionLoad(service, small), seconds });
  const rate = perSecond * share;
  const results: Results = { service: [], bare: [] };
  // Other processes on the servers' core add to latency: their share of its time belongs to the result.
  let waited = 0;
  const measure = async (server: BenchServer) => {
    const before = await waitedMilliseconds(server);
    const result = await runLoad(context, { ...predictionLoad(server, small), seconds, rate });
    waited += (await waitedMilliseconds(server)) - before;
    checkResult(server.name, result);
    return result.milliseconds;
  };
  // The first round warms both servers up.
  for (let round = 0; round <= rounds; round += 1) {
    results.service[round] = await measure(service);
    results.bare[round] = await measure(bare);
  }
  await stopServer(service);
  await stopServer(bare);
  return [latencyResult(rate, results, waited / (20 * seconds * (rounds + 1)))];
}

type Results = Record<'service' | 'bare', LoadResult['milliseconds'][]>;

function latencyResult(rate: number, { service, bare }: Results, waitedPercent: number): Result {
  const at = (results: LoadResult['milliseconds'][], percentile: 'p50' | 'p99') =>
    median(results.slice(1).map((one) => one[percentile]));
  const both = (results: LoadResult['milliseconds'][]) =>
    `p50 ${at(results, 'p50').toFixed(2)} ms, p99 ${at(results, 'p99').toFixed(2)} ms`;
  return {
    what: `latency at ${Math.round(rate)} requests/s (60 %)`,
    measured: `${both(service)}; bare ${both(bare)}; others had the core for ${waitedPercent.toFixed(1)} % of the time`,
    target: `p99 at most ${targetMilliseconds} ms`,
    isMet: at(service, 'p99') <= targetMilliseconds,
  };
}
