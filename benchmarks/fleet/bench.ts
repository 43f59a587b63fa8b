import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../common/errors.ts';
import { median } from '../../common/median.ts';
import type { Deployed } from '../../deployments/deployed.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { Fleet } from '../../deployments/fleet.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { modelSettings } from '../../model/settings.ts';
import { registered } from '../../rehearsal/registration.ts';
import type { Stage } from '../../stages/load.ts';
import { startBare } from '../bare.ts';
import { checkResult, runLoad } from '../load.ts';
import { ensureOha } from '../oha.ts';
import { type Result, resultTable } from '../result-table.ts';
import { stopServer } from '../servers.ts';
import { processorTime } from './processor-time.ts';
import { routeAsBalancer } from './route-as-balancer.ts';

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

// No request of the benchmark's single client is refused from here on.
const leastRequestsPerSecond = 100_000;

/** Measures `POST /predict` at one rehearsed machine's nginx and through the load balancer, beside a bare server. */
export async function benchFleet(deployed: Deployed, options: FleetBenchOptions): Promise<void> {
  assertUnlimited(deployed.stage);
  const { contestants, ...machine } = await findContestants(deployed);
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

function assertUnlimited({ name, settings: { proxy, service } }: Stage): void {
  const { requestsPerSecond } = proxy.rateLimit;
  if (requestsPerSecond >= leastRequestsPerSecond && service.rateLimit.requests === 0) return;
  throw new UserError(
    `The rate limits are too low for a measurement. Set proxy.rateLimit.requestsPerSecond to ${leastRequestsPerSecond} and ` +
      `service.rateLimit.requests to 0 in stages/${name}.yaml, and type make apply.`,
  );
}

async function findContestants({ target, outputs }: Deployed) {
  const { rehearsal } = target;
  const cloud = rehearsal && (await registered(rehearsal.place));
  if (!rehearsal || !cloud) throw new UserError('Only a rehearsal is measured. Start one with: make apply');
  const fleet = new Fleet(target.access, outputs.tracks[parseDeployment(outputs.deployment).live]);
  const [machine] = await fleet.details((await fleet.status()).machines);
  // Machines are reachable only inside the rehearsal's network namespace.
  const inside = ['nsenter', `--net=/proc/${cloud.pid}/task/${cloud.pid}/ns/net`];
  const end = await routeAsBalancer(inside, machine?.address ?? '');
  const contestants = [
    contestant("one machine's nginx, HTTPS", `https://${machine?.address}`, inside),
    contestant('the load balancer, HTTPS', `https://127.0.0.1:${rehearsal.place.ports.https}`),
  ];
  return { contestants, end, id: machine?.id ?? '', rehearsal: cloud.pid };
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
  { id, rehearsal }: { id: string; rehearsal: number },
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

async function testBodies(): Promise<string[]> {
  const { test } = await loadDatasets(modelSettings.parse({}));
  return test.examples.map(({ text }) => JSON.stringify({ text }));
}

function fleetResult({ name, perSecond }: Contestant, bare: Contestant): Result {
  const ratio = median(perSecond.map((value, round) => value / (bare.perSecond[round] ?? Number.NaN)));
  return { what: name, measured: `${Math.round(median(perSecond))} requests/s; ${ratio.toFixed(2)} x ${bare.name}` };
}
