import { checkResult, runLoad } from '../load.ts';
import type { Result } from '../result-table.ts';
import { residentMegabytes, stopServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import type { BenchModel } from './models.ts';
import { predictionLoad, startReleasedService } from './service.ts';

const parts = 10;
const flatPercent = 5;

/** Measures resident memory after many requests, and whether it still grows during the second half of them. */
export async function measureMemory(context: BenchContext): Promise<Result[]> {
  const results = [await measureModel(context, context.small, 120)];
  if (context.large) results.push(await measureModel(context, context.large, 200));
  return results;
}

async function measureModel(context: BenchContext, model: BenchModel, targetMegabytes: number): Promise<Result> {
  const server = await startReleasedService(context, `memory, ${model.intents} intents`, model);
  const megabytes: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const requests = context.requests / parts;
    checkResult(server.name, await runLoad(context, { ...predictionLoad(server, model), requests }));
    megabytes.push(await residentMegabytes(server));
  }
  await stopServer(server);
  const [half = 0, end = 0] = [megabytes[parts / 2 - 1], megabytes[parts - 1]];
  return {
    what: `resident after ${context.requests} requests, ${model.intents} intents`,
    measured: `${end.toFixed(0)} MB; ${half.toFixed(0)} MB after half of them`,
    target: `at most ${targetMegabytes} MB, flat`,
    isMet: end <= targetMegabytes && end <= half * (1 + flatPercent / 100),
  };
}
