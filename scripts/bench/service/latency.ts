import type { BenchContext } from './bench.ts';
import { checkResult, runLoad } from './run-load.ts';
import { stopServer, waitedMilliseconds } from './servers.ts';
import { loadFor, startService } from './service-server.ts';
import { median } from './statistics.ts';
import type { Row } from './table.ts';

const share = 0.6;
const mostMilliseconds = 5;

/** Latency when requests come at 60 % of the rate that the service can just answer. */
export async function measureLatency(context: BenchContext): Promise<Row[]> {
  const { small, seconds, rounds } = context;
  const server = await startService(context, 'latency', small);
  await runLoad(loadFor(server, small, 2));
  const { perSecond } = await runLoad(loadFor(server, small, seconds));
  const results = [];
  // Work of others on the server's core shows as latency: how much there was belongs to the result.
  const waitedBefore = await waitedMilliseconds(server);
  for (let round = 0; round < rounds; round += 1) {
    const result = await runLoad({ ...loadFor(server, small, seconds), rate: perSecond * share });
    checkResult('latency', result);
    results.push(result.milliseconds);
  }
  const waitedPercent = ((await waitedMilliseconds(server)) - waitedBefore) / (10 * seconds * rounds);
  await stopServer(server);
  const [p50, p99] = [median(results.map((one) => one.p50)), median(results.map((one) => one.p99))];
  return [
    {
      what: `latency at ${Math.round(perSecond * share)} requests/s (60 %)`,
      measured: `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; others had its core for ${waitedPercent.toFixed(1)} % of the time`,
      reach: `p99 at most ${mostMilliseconds} ms`,
      isMet: p99 <= mostMilliseconds,
    },
  ];
}
