import { median } from '../../common/median.ts';
import type { BenchContext } from './bench.ts';
import { stopServer } from './servers.ts';
import { startService } from './service-server.ts';
import type { Row } from './table.ts';

const mostMilliseconds = 400;

/** Time from the start of the process until it answers. */
export async function measureStart(context: BenchContext): Promise<Row[]> {
  const milliseconds: number[] = [];
  for (let round = 0; round < Math.max(5, context.rounds); round += 1) {
    const start = performance.now();
    const server = await startService(context, 'start', context.small);
    await fetch(`http://${server.target.host}:${server.target.port}/ready`);
    milliseconds.push(performance.now() - start);
    await stopServer(server);
  }
  const middle = median(milliseconds);
  return [
    {
      what: 'start to ready',
      measured: `${middle.toFixed(0)} ms`,
      reach: `at most ${mostMilliseconds} ms`,
      isMet: middle <= mostMilliseconds,
    },
  ];
}
