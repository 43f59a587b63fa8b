import type { BenchModel } from './artifacts.ts';
import type { BenchContext } from './bench.ts';
import { checkResult, runLoad } from './run-load.ts';
import { residentMegabytes, stopServer } from './servers.ts';
import { loadFor, startService } from './service-server.ts';
import type { Row } from './table.ts';

const parts = 10;
const flatPercent = 5;

/** Resident memory while requests are answered, and whether it still grows in the last half of them. */
export async function measureMemory(context: BenchContext): Promise<Row[]> {
  const rows = [await measureModel(context, context.small, 120)];
  if (context.large) rows.push(await measureModel(context, context.large, 200));
  return rows;
}

async function measureModel(context: BenchContext, model: BenchModel, most: number): Promise<Row> {
  const server = await startService(context, `memory, ${model.intents} intents`, model);
  const megabytes: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const requests = context.requests / parts;
    const result = await runLoad({ ...loadFor(server, model, 600), warmUpSeconds: 0, requests });
    checkResult(server.name, result);
    megabytes.push(await residentMegabytes(server));
  }
  await stopServer(server);
  return describe(megabytes, context.requests, model.intents, most);
}

function describe(megabytes: number[], requests: number, intents: number, most: number): Row {
  const [half = 0, end = 0] = [megabytes[parts / 2 - 1], megabytes[parts - 1]];
  return {
    what: `resident after ${requests} requests, ${intents} intents`,
    measured: `${end.toFixed(0)} MB; ${half.toFixed(0)} MB after half of them`,
    reach: `at most ${most} MB, flat`,
    isMet: end <= most && end <= half * (1 + flatPercent / 100),
  };
}
