import { UserError } from '../../common/errors.ts';
import type { Deployed } from '../../deployments/deployed.ts';
import { parseDeployment } from '../../deployments/deployment.ts';
import { Fleet } from '../../deployments/fleet.ts';
import { loadDatasets } from '../../model/datasets/load.ts';
import { modelSettings } from '../../model/settings.ts';
import { registered } from '../../rehearsal/registration.ts';
import type { Stage } from '../../stages/load.ts';
import { routeAsBalancer } from './route-as-balancer.ts';

/** A machine of a rehearsal that a load generator of this computer reaches. */
export interface MeasuredMachine {
  id: string;
  /** Of its nginx. */
  url: string;
  /** The command that runs another one where it reaches the machine. */
  prefix: string[];
  /** The id of the rehearsal's outermost process. */
  rehearsal: number;
  /** Undoes what lets it be reached. */
  end: () => Promise<void>;
}

// No request of the benchmark's single client is refused from here on.
const leastRequestsPerSecond = 100_000;

/** Refuses a stage whose limits would be what is measured. */
export function assertUnlimited({ name, settings: { proxy, service } }: Stage): void {
  const { requestsPerSecond } = proxy.rateLimit;
  if (requestsPerSecond >= leastRequestsPerSecond && service.rateLimit.requests === 0) return;
  throw new UserError(
    `The rate limits are too low for a measurement. Set proxy.rateLimit.requestsPerSecond to ${leastRequestsPerSecond} and ` +
      `service.rateLimit.requests to 0 in stages/${name}.yaml, and type make apply.`,
  );
}

/** Finds a machine of the live track. */
export async function findMachine({ target, outputs }: Deployed): Promise<MeasuredMachine> {
  const { rehearsal } = target;
  const cloud = rehearsal && (await registered(rehearsal.place));
  if (!cloud) throw new UserError('Only a rehearsal is measured. Start one with: make apply');
  const fleet = new Fleet(target.access, outputs.tracks[parseDeployment(outputs.deployment).live]);
  const [machine] = await fleet.details((await fleet.status()).machines);
  // Machines are reachable only inside the rehearsal's network namespace.
  const prefix = ['nsenter', `--net=/proc/${cloud.pid}/task/${cloud.pid}/ns/net`];
  const end = await routeAsBalancer(prefix, machine?.address ?? '');
  return { id: machine?.id ?? '', url: `https://${machine?.address}`, prefix, rehearsal: cloud.pid, end };
}

/** Returns the bodies of requests for the texts that the example was tested with. */
export async function testBodies(): Promise<string[]> {
  const { test } = await loadDatasets(modelSettings.parse({}));
  return test.examples.map(({ text }) => JSON.stringify({ text }));
}
