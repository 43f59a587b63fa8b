import { constants } from 'node:os';
import { type Result, resultTable } from '../result-table.ts';
import { killServers } from '../servers.ts';
import { type BenchContext, type BenchOptions, prepareContext } from './context.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import { measureShadow } from './shadow.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { measureThroughput } from './throughput.ts';

/** Measures everything and prints one table. */
export function benchService(options: BenchOptions): Promise<void> {
  return bench(options, measureAll);
}

/** Measures what a shadow costs and prints a table. */
export function benchShadow(options: BenchOptions): Promise<void> {
  return bench(options, measureShadow);
}

async function bench(options: BenchOptions, measure: (context: BenchContext) => Promise<Result[]>): Promise<void> {
  killServersWhenInterrupted();
  try {
    console.log(resultTable(await measure(await prepareContext(options))));
  } finally {
    killServers();
  }
}

// Servers survive this process, and would disturb every later measurement.
function killServersWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      killServers();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

async function measureAll(context: BenchContext): Promise<Result[]> {
  const results: Result[] = [];
  for (const measure of [measureThroughput, measureLatency, measureMemory, measureStart, measureSoak]) {
    process.stderr.write(`${measure.name} …\n`);
    results.push(...(await measure(context)));
  }
  return results;
}
