import { median } from '../../common/median.ts';
import { atMost, type Result } from '../result-table.ts';
import { stopServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import { startReleasedService } from './service.ts';

const targetMilliseconds = 400;
const minimumRounds = 5;

/** Measures the time from the start of the process to its first answer. */
export async function measureStart(context: BenchContext): Promise<Result[]> {
  const milliseconds: number[] = [];
  for (let round = 0; round < Math.max(minimumRounds, context.rounds); round += 1) {
    const start = performance.now();
    const server = await startReleasedService(context, 'start', context.small);
    await fetch(`${server.url}/ready`);
    milliseconds.push(performance.now() - start);
    await stopServer(server);
  }
  return [atMost('start to ready', median(milliseconds), targetMilliseconds, ' ms', 0)];
}
