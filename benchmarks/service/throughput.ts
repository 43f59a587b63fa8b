import { join, resolve } from 'node:path';
import { median } from '../../common/median.ts';
import { defaultData } from '../../model/datasets/load.ts';
import type { BenchModel } from './artifacts.ts';
import { sampleAnswer, startBare } from './bare.ts';
import type { BenchContext } from './bench.ts';
import { installReference, referenceCommand } from './reference/server.ts';
import { checkResult, runLoad } from './run-load.ts';
import { type BenchServer, startServer, stopServer } from './servers.ts';
import { loadFor, startService } from './service-server.ts';
import type { Row } from './table.ts';

interface Contestant {
  server: BenchServer;
  model: BenchModel;
  perSecond: number[];
}

/** Requests per second of every server. All are measured in every round, so that each is compared within the same moments. */
export async function measureThroughput(context: BenchContext): Promise<Row[]> {
  const contestants = await startContestants(context);
  for (const { server, model } of contestants) await runLoad(loadFor(server, model, 2));
  for (let round = 0; round < context.rounds; round += 1) {
    for (const { server, model, perSecond } of contestants) {
      const result = await runLoad(loadFor(server, model, context.seconds));
      checkResult(server.name, result);
      perSecond.push(result.perSecond);
    }
  }
  for (const { server } of contestants) await stopServer(server);
  return describe(contestants);
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
  const contestant = async (server: Promise<BenchServer>, model: BenchModel) => ({
    server: await server,
    model,
    perSecond: [],
  });
  const service = await contestant(startService(context, names.small, small), small);
  const contestants = [
    await contestant(startBare(names.bare, await sampleAnswer(service.server, small)), small),
    service,
    await contestant(startService(context, names.tls, small, true), small),
  ];
  if (large) contestants.push(await contestant(startService(context, names.large, large), large));
  if (context.reference) contestants.push(await contestant(startReference(context), small));
  return contestants;
}

async function startReference({ folder }: BenchContext): Promise<BenchServer> {
  const programs = await installReference(join(folder, 'reference'));
  const environment = { TRAINING_DATA: resolve(defaultData.train) };
  return startServer(
    names.reference,
    (port) => referenceCommand(programs, port),
    () => environment,
  );
}

function describe(contestants: Contestant[]): Row[] {
  const find = (name: string) => contestants.find(({ server }) => server.name === name);
  const ratio = (name: string, other: string) => {
    const [one, two] = [find(name)?.perSecond ?? [], find(other)?.perSecond ?? []];
    return median(one.map((perSecond, round) => perSecond / (two[round] as number)));
  };
  return contestants.flatMap(({ server: { name }, perSecond }) => {
    const speed = `${Math.round(median(perSecond))} requests/s`;
    const beside = (other: string) => `${speed}; ${ratio(name, other).toFixed(2)} x ${other}`;
    if (name === names.small) return [reaching(name, beside(names.bare), ratio(name, names.bare), 0.6)];
    if (name === names.large) return [reaching(name, beside(names.bare), ratio(name, names.bare), 0.5)];
    if (name === names.tls) return [{ what: name, measured: beside(names.small) }];
    if (name !== names.reference) return [{ what: name, measured: speed }];
    const times = ratio(names.small, name);
    return [
      {
        what: name,
        measured: `${speed}; the service is ${times.toFixed(1)} x as fast`,
        reach: 'at least 15 x',
        isMet: times >= 15,
      },
    ];
  });
}

function reaching(what: string, measured: string, ratio: number, least: number): Row {
  return { what, measured, reach: `at least ${least}`, isMet: ratio >= least };
}
