import { median } from '../../common/median.ts';
import { sampleAnswer, startBare } from './bare.ts';
import type { BenchContext } from './bench.ts';
import type { LoadResult } from './load/generate.ts';
import { checkResult, runLoad } from './run-load.ts';
import { type BenchServer, stopServer, waitedMilliseconds } from './servers.ts';
import { loadFor, startService, warmUpSeconds } from './service-server.ts';
import type { Row } from './table.ts';

const share = 0.6;
const mostMilliseconds = 5;

/**
 * Latency when requests come at 60 % of the rate that the service can just answer, and a bare server's at the same rate:
 * what both have comes from the machine and from the load generator.
 */
export async function measureLatency(context: BenchContext): Promise<Row[]> {
  const { small, seconds, rounds } = context;
  const service = await startService(context, 'latency', small);
  const bare = await startBare('latency, bare', await sampleAnswer(service, small));
  const { perSecond } = await runLoad(loadFor(service, small, seconds));
  const rate = perSecond * share;
  const results: Results = { service: [], bare: [] };
  // Work of others on the server's core shows as latency: how much there was belongs to the result.
  let waited = 0;
  const measure = async (server: BenchServer) => {
    const before = await waitedMilliseconds(server);
    const result = await runLoad({ ...loadFor(server, small, seconds), rate });
    waited += (await waitedMilliseconds(server)) - before;
    checkResult(server.name, result);
    return result.milliseconds;
  };
  for (let round = 0; round < rounds; round += 1) {
    results.service.push(await measure(service));
    results.bare.push(await measure(bare));
  }
  await stopServer(service);
  await stopServer(bare);
  return describe(rate, results, waited / (20 * (warmUpSeconds + seconds) * rounds));
}

type Results = Record<'service' | 'bare', LoadResult['milliseconds'][]>;

function describe(rate: number, { service, bare }: Results, waitedPercent: number): Row[] {
  const at = (results: LoadResult['milliseconds'][], percentile: 'p50' | 'p99') =>
    median(results.map((one) => one[percentile]));
  const both = (results: LoadResult['milliseconds'][]) =>
    `p50 ${at(results, 'p50').toFixed(2)} ms, p99 ${at(results, 'p99').toFixed(2)} ms`;
  return [
    {
      what: `latency at ${Math.round(rate)} requests/s (60 %)`,
      measured: `${both(service)}; bare ${both(bare)}; others had the core for ${waitedPercent.toFixed(1)} % of the time`,
      reach: `p99 at most ${mostMilliseconds} ms`,
      isMet: at(service, 'p99') <= mostMilliseconds,
    },
  ];
}
