import { join } from 'node:path';
import { execa } from 'execa';
import { startBare } from '../benchmarks/service/bare.ts';
import type { Target } from '../benchmarks/service/load/connection.ts';
import type { Load, LoadResult } from '../benchmarks/service/load/generate.ts';
import { checkResult } from '../benchmarks/service/run-load.ts';
import { stopServer } from '../benchmarks/service/servers.ts';
import { renderTable } from '../benchmarks/service/table.ts';
import { UserError } from '../common/errors.ts';
import { median } from '../common/median.ts';
import { checkoutFolder } from '../common/paths.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { fleetStatus } from '../deployments/fleet-status.ts';
import { loadDatasets } from '../model/datasets/load.ts';
import { modelSettings } from '../model/settings.ts';
import { placeOf } from '../rehearsal/place.ts';
import { registered } from '../rehearsal/registration.ts';
import { command, run } from './command-line/command.ts';

/** Who is asked: where, and with which command the load has to run to get there. */
interface Contestant {
  name: string;
  target: Target;
  prefix: string[];
  perSecond: number[];
}

const main = join(import.meta.dirname, 'bench/service/load/main.ts');
const connections = 16;

// A client of these limits is never refused; the machines have to be told before.
const leastRequestsPerSecond = 100_000;

const program = command(
  'bench-fleet',
  "Measure POST /predict at a rehearsed machine's nginx and through the balancer, beside a bare node:http server.",
)
  .option('--rounds <number>', 'how often everything is measured', '3')
  .option('--seconds <number>', 'how long each time', '5')
  .action(async ({ rounds, seconds }: { rounds: string; seconds: string }) => {
    const contestants = await findContestants();
    const bare = await startBareContestant();
    try {
      await measure([bare.contestant, ...contestants], Number(rounds), Number(seconds));
    } finally {
      await stopServer(bare.server);
    }
  });

async function findContestants(): Promise<Contestant[]> {
  const { stage, target, outputs } = await findDeployed();
  const place = placeOf(checkoutFolder);
  const cloud = await registered(place);
  if (!target.rehearsal || !cloud) throw new UserError('Only a rehearsal is measured. Start one with: make apply');
  const { proxy, service } = stage.settings;
  if (proxy.rateLimit.requestsPerSecond < leastRequestsPerSecond || service.rateLimit.requests > 0) {
    throw new UserError(
      `The rate limits would be measured. Set proxy.rateLimit.requestsPerSecond to ${leastRequestsPerSecond} and ` +
        `service.rateLimit.requests to 0 in stages/${stage.name}.yaml, and type make apply.`,
    );
  }
  const [machine] = (await fleetStatus(target.access, outputs)).machines;
  // Machines are only reached from the rehearsal's own network.
  const inside = ['nsenter', `--net=/proc/${cloud.pid}/task/${cloud.pid}/ns/net`];
  return [
    contestant("one machine's nginx, HTTPS", { host: machine?.address ?? '', port: 443, isTls: true }, inside),
    contestant('the balancer, HTTPS', { host: '127.0.0.1', port: place.ports.https, isTls: true }),
  ];
}

function contestant(name: string, target: Target, prefix: string[] = []): Contestant {
  return { name, target, prefix, perSecond: [] };
}

async function startBareContestant() {
  const name = 'bare node:http';
  const answer = { intent: 'praise', confidence: 0.9, alternatives: [{ intent: 'praise', confidence: 0.9 }] };
  const server = await startBare(name, JSON.stringify(answer));
  return { server, contestant: contestant(name, server.target) };
}

async function measure(contestants: Contestant[], rounds: number, seconds: number): Promise<void> {
  const { test } = await loadDatasets(modelSettings.parse({}));
  const bodies = test.examples.map(({ text }) => JSON.stringify({ text }));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, target, prefix, perSecond } of contestants) {
      const result = await sendLoad({ target, path: '/predict', bodies, connections, seconds }, prefix);
      checkResult(name, result);
      // The first round warms everything up.
      if (round > 0) perSecond.push(result.perSecond);
    }
  }
  console.log(renderTable(contestants.map((one) => describe(one, contestants[0] as Contestant))));
}

async function sendLoad(load: Load, prefix: string[]): Promise<LoadResult> {
  const [file = '', ...parameters] = [...prefix, process.execPath, main];
  const { stdout } = await execa(file, parameters, { input: JSON.stringify(load) });
  return JSON.parse(stdout) as LoadResult;
}

function describe({ name, perSecond }: Contestant, bare: Contestant) {
  const ratio = median(perSecond.map((value, round) => value / (bare.perSecond[round] as number)));
  return { what: name, measured: `${Math.round(median(perSecond))} requests/s; ${ratio.toFixed(2)} x ${bare.name}` };
}

await run(program);
