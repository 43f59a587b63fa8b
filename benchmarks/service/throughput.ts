import { join, resolve } from 'node:path';
import { median } from '../../common/median.ts';
import { defaultData } from '../../model/datasets/load.ts';
import { startBare } from '../bare.ts';
import { checkResult, runLoad } from '../load.ts';
import type { Result } from '../result-table.ts';
import { type BenchServer, startServer, stopServer } from '../servers.ts';
import type { BenchContext } from './context.ts';
import type { BenchModel } from './models.ts';
import { installReference, referenceCommand } from './reference/server.ts';
import { predictionLoad, sampleAnswer, startReleasedService } from './service.ts';

interface Contestant {
  server: BenchServer;
  model: BenchModel;
  /** Requests per second in each round. */
  perSecond: number[];
}

const warmUpSeconds = 2;

/** Measures the requests per second of every server; all take turns in each round, so that ratios hold on a noisy machine. */
export async function measureThroughput(context: BenchContext): Promise<Result[]> {
  const contestants = await startContestants(context);
  const measure = ({ server, model }: Contestant, seconds: number) =>
    runLoad(context, { ...predictionLoad(server, model), seconds });
  for (const contestant of contestants) await measure(contestant, warmUpSeconds);
  for (let round = 0; round < context.rounds; round += 1) {
    for (const contestant of contestants) {
      const result = await measure(contestant, context.seconds);
      checkResult(contestant.server.name, result);
      contestant.perSecond.push(result.perSecond);
    }
  }
  for (const { server } of contestants) await stopServer(server);
  return contestants.map((contestant) => throughputResult(contestant, contestants));
}

const names = {
  bare: 'bare node:http',
  small: 'POST /predict, 4 intents',
  tls: 'the same over HTTPS, kept alive',
  large: 'POST /predict, 150 intents',
  reference: 'gunicorn, Flask, scikit-learn',
};

async function startContestants(context: BenchContext): Promise<Contestant[]> {
  const { small, large } = context;
  const service = await startReleasedService(context, names.small, small);
  const bare = await startBare(names.bare, await sampleAnswer(service, small));
  const tls = await startReleasedService(context, names.tls, small, 'https');
  const servers: [BenchServer, BenchModel][] = [
    [bare, small],
    [service, small],
    [tls, small],
  ];
  if (large) servers.push([await startReleasedService(context, names.large, large), large]);
  if (context.reference) servers.push([await startReference(context), small]);
  return servers.map(([server, model]) => ({ server, model, perSecond: [] }));
}

async function startReference({ folder }: BenchContext): Promise<BenchServer> {
  const programs = await installReference(join(folder, 'reference'));
  return startServer({
    name: names.reference,
    argv: (port) => referenceCommand(programs, port),
    environment: () => ({ TRAINING_DATA: resolve(defaultData.train) }),
  });
}

/** The server that each one is compared with, and the target ratio. */
const comparisons: Record<string, { with: string; target?: number }> = {
  [names.small]: { with: names.bare, target: 0.6 },
  [names.tls]: { with: names.small },
  [names.large]: { with: names.bare, target: 0.5 },
};

const referenceTarget = 15;

function throughputResult({ server: { name }, perSecond }: Contestant, contestants: readonly Contestant[]): Result {
  const speed = `${Math.round(median(perSecond))} requests/s`;
  const of = (other: string) => contestants.find(({ server }) => server.name === other)?.perSecond ?? [];
  if (name === names.reference) {
    const times = medianRatio(of(names.small), perSecond);
    const measured = `${speed}; the service is ${times.toFixed(1)} x as fast`;
    return { what: name, measured, target: `at least ${referenceTarget} x`, isMet: times >= referenceTarget };
  }
  const comparison = comparisons[name];
  if (!comparison) return { what: name, measured: speed };
  const ratio = medianRatio(perSecond, of(comparison.with));
  const { target } = comparison;
  return {
    what: name,
    measured: `${speed}; ${ratio.toFixed(2)} x ${comparison.with}`,
    ...(target !== undefined && { target: `at least ${target}`, isMet: ratio >= target }),
  };
}

/** Returns the median of the ratios of each round. */
function medianRatio(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / (others[round] ?? Number.NaN)));
}
