import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../common/errors.ts';
import type { Outputs } from '../stacks/outputs.ts';
import { ask } from './ask.ts';
import type { Endpoint } from './endpoint.ts';
import { tlsOptionsOf } from './endpoint-tls.ts';

/** How the dashboard answers: `closed` to this address, `starting` until its machine has booted. */
export type DashboardState = 'open' | 'closed' | 'starting';

// Until the machine is there, the load balancer answers with 503: six such answers a minute ring an alarm of the stage.
const pollMilliseconds = 12_000;

/** Returns the address of a stage's dashboard; refuses a stage without one. */
export function dashboardUrl({ url }: Endpoint, outputs: Outputs, stage: string): string {
  if (outputs.monitoring_target_group !== undefined) return new URL('/monitoring/', url).href;
  throw new UserError(
    `${stage} has no monitoring machine. Set monitoring.enabled in stages/${stage}.yaml to true, and: make apply STAGE=${stage}`,
  );
}

/** Asks whether the dashboard answers; without an admitting rule of the balancer, the service gets the request. */
export async function dashboardState(endpoint: Endpoint): Promise<DashboardState> {
  const [status] = await ask(new URL('/monitoring/health', endpoint.url), await tlsOptionsOf(endpoint));
  if (status === 200) return 'open';
  return status < 500 ? 'closed' : 'starting';
}

export interface DashboardWait {
  endpoint: Endpoint;
  /** The name of the stage. */
  stage: string;
  /** How long to wait at most. */
  seconds: number;
  pause?: (milliseconds: number) => Promise<unknown>;
}

/** Waits until the dashboard answers; fails at once where it is closed to this address. */
export async function untilDashboardOpens({ endpoint, stage, seconds, pause = sleep }: DashboardWait): Promise<void> {
  for (let waited = 0; ; waited += pollMilliseconds) {
    const state = await dashboardState(endpoint);
    if (state === 'open') return;
    if (state === 'closed') throw new UserError(closedSentence(stage));
    if (waited >= seconds * 1000) throw new UserError(startingSentence(stage, seconds));
    await pause(pollMilliseconds);
  }
}

function closedSentence(stage: string): string {
  return `The load balancer does not admit this address to the dashboard. Add its network to monitoring.allow in stages/${stage}.yaml, such as 203.0.113.7/32, and: make apply STAGE=${stage}`;
}

function startingSentence(stage: string, seconds: number): string {
  return `The monitoring machine did not become healthy within ${seconds} s. See why: make logs UNIT=bootstrap STAGE=${stage}`;
}
