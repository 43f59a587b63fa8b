import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../../common/median.ts';
import type { Deployed } from '../../deployments/deployed.ts';
import { endpointOf } from '../../deployments/endpoint.ts';
import { startBare } from '../bare.ts';
import { checkResult, runLoad } from '../load.ts';
import { ensureOha } from '../oha.ts';
import { type Result, resultTable } from '../result-table.ts';
import { stopServer } from '../servers.ts';
import { assertUnlimited, findMachine, type MeasuredMachine, testBodies } from './machine.ts';
import { processorTime } from './processor-time.ts';

export interface FleetBenchOptions {
  rounds: number;
  seconds: number;
}

interface Contestant {
  name: string;
  url: string;
  /** The command that runs the load generator where it reaches the contestant. */
  prefix: string[];
  /** Requests per second in each round. */
  perSecond: number[];
}

const connections = 16;

const settlingMilliseconds = 5000;

/** Measures `POST /predict` at one rehearsed machine's nginx and through the load balancer, beside a bare server. */
export async function benchFleet(deployed: Deployed, options: FleetBenchOptions): Promise<void> {
  assertUnlimited(deployed.stage);
  const { contestants, machine } = await findContestants(deployed);
  const answer = { intent: 'praise', confidence: 0.9, alternatives: [{ intent: 'praise', confidence: 0.9 }] };
  const bare = await startBare('bare node:http', JSON.stringify(answer));
  try {
    const all = [contestant(bare.name, bare.url), ...contestants];
    await measureAll(all, options);
    console.log(resultTable(all.map((one) => fleetResult(one, all[0] as Contestant))));
    console.log(await costAtHalf(contestants[0] as Contestant, machine, options));
  } finally {
    await stopServer(bare);
    await machine.end();
  }
}

async function findContestants(deployed: Deployed) {
  const machine = await findMachine(deployed);
  const contestants = [
    contestant("one machine's nginx, HTTPS", machine.url, machine.prefix),
    contestant(
      'the load balancer, HTTPS',
      endpointOf(deployed.target, deployed.outputs).url.replace('localhost', '127.0.0.1'),
    ),
  ];
  return { contestants, machine };
}

function contestant(name: string, url: string, prefix: string[] = []): Contestant {
  return { name, url, prefix, perSecond: [] };
}

async function measureAll(contestants: Contestant[], { rounds, seconds }: FleetBenchOptions): Promise<void> {
  const [oha, bodies] = [await ensureOha(), await testBodies()];
  // The first round warms everything up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, url, prefix, perSecond } of contestants) {
      const result = await runLoad({ oha, prefix }, { url: `${url}/predict`, bodies, connections, seconds });
      checkResult(name, result);
      if (round > 0) perSecond.push(result.perSecond);
    }
  }
}

/** Measures which share of a machine's processor time logs and monitoring take, at half of its highest throughput. */
async function costAtHalf(
  { name, url, prefix, perSecond }: Contestant,
  { id, rehearsal }: MeasuredMachine,
  { seconds }: FleetBenchOptions,
): Promise<string> {
  const [oha, bodies, rate] = [await ensureOha(), await testBodies(), Math.round(median(perSecond) / 2)];
  // What was logged before is shipped meanwhile.
  await delay(settlingMilliseconds);
  const before = processorTime(rehearsal, id);
  const load = { url: `${url}/predict`, bodies, connections, rate, seconds: 4 * seconds };
  const result = await runLoad({ oha, prefix }, load);
  checkResult(name, result);
  await delay(settlingMilliseconds);
  const after = processorTime(rehearsal, id);
  const share = (after.observing - before.observing) / (after.all - before.all);
  const answered = ((100 * result.perSecond) / rate).toFixed(1);
  return `Of ${rate} requests/s, half of that, ${answered} % are answered; logs and monitoring take ${(100 * share).toFixed(1)} % of the processor time.`;
}

function fleetResult({ name, perSecond }: Contestant, bare: Contestant): Result {
  const ratio = median(perSecond.map((value, round) => value / (bare.perSecond[round] ?? Number.NaN)));
  return { what: name, measured: `${Math.round(median(perSecond))} requests/s; ${ratio.toFixed(2)} x ${bare.name}` };
}
