import { request } from 'node:https';
import { UserError } from '../common/errors.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { Endpoint } from './endpoint.ts';
import { tlsOptionsOf } from './endpoint-tls.ts';

/** How the dashboard answers: `closed` to this address, `starting` until its machine has booted. */
export type DashboardState = 'open' | 'closed' | 'starting';

const timeoutMilliseconds = 10_000;

/** Returns the address of a stage's dashboard; refuses a stage without one. */
export function dashboardUrl({ url }: Endpoint, outputs: Outputs, stage: string): string {
  if (outputs.monitoring_target_group !== undefined) return new URL('/monitoring/', url).href;
  throw new UserError(
    `${stage} has no monitoring machine. Set monitoring.enabled in stages/${stage}.yaml to true, and: make apply STAGE=${stage}`,
  );
}

/** Asks whether the dashboard answers; without an admitting rule of the balancer, the service gets the request. */
export async function dashboardState(endpoint: Endpoint): Promise<DashboardState> {
  const status = await statusOf(new URL('/monitoring/health', endpoint.url), endpoint);
  if (status === 200) return 'open';
  return status < 500 ? 'closed' : 'starting';
}

async function statusOf(url: URL, endpoint: Endpoint): Promise<number> {
  const options = { agent: false, timeout: timeoutMilliseconds, ...(await tlsOptionsOf(endpoint)) };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url} did not answer within 10 s`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
