import { mkdir, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { localhostCertificate } from '../../common/certificate.ts';
import { bundle } from '../../releases/bundle.ts';
import { type BenchModel, largeModel, smallModel } from './artifacts.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import { stopAll } from './servers.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { type Row, renderTable } from './table.ts';
import { measureThroughput } from './throughput.ts';

/** What to measure, and for how long. */
export interface BenchOptions {
  rounds: number;
  seconds: number;
  requests: number;
  soakMinutes: number;
  data?: string;
  reference: boolean;
}

/** What every measurement works with. */
export interface BenchContext extends BenchOptions {
  folder: string;
  /** The bundled service, as a release carries it. */
  program: string;
  small: BenchModel;
  large: BenchModel | undefined;
  certificate: { certificate: string; key: string };
}

/** Measures everything and prints one table. */
export async function benchService(options: BenchOptions): Promise<void> {
  stopWhenInterrupted();
  try {
    process.stdout.write(renderTable(await measureAll(await prepare(options))));
  } finally {
    stopAll();
  }
}

// Servers outlive whoever started them, and would be in the way of every later measurement.
function stopWhenInterrupted(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopAll();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

async function measureAll(context: BenchContext): Promise<Row[]> {
  const rows: Row[] = [];
  for (const measure of [measureThroughput, measureLatency, measureMemory, measureStart, measureSoak]) {
    process.stderr.write(`${measure.name} …\n`);
    rows.push(...(await measure(context)));
  }
  return rows;
}

async function prepare(options: BenchOptions): Promise<BenchContext> {
  const folder = resolve('build/bench');
  await mkdir(folder, { recursive: true });
  const program = join(folder, 'service.mjs');
  await writeFile(program, await bundle('app/main.ts', resolve('.')));
  return {
    ...options,
    folder,
    program,
    small: await smallModel(join(folder, 'small')),
    large: options.data
      ? await largeModel(join(options.data, 'clinc150', 'data_full.json'), join(folder, 'clinc'))
      : undefined,
    certificate: await localhostCertificate(join(folder, 'certificate')),
  };
}
