import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { UserError } from '../common/errors.ts';
import { dashboardState, dashboardUrl } from '../deployments/dashboard.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { type Endpoint, endpointOf } from '../deployments/endpoint.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { steps } from './command-line/progress.ts';

// Until the machine is there, the load balancer answers with 503: six such answers a minute ring an alarm of the stage.
const pollMilliseconds = 12_000;

const program = createCommand(
  'dashboard',
  "Wait until a stage's dashboard answers, print its address, and open it where there is a desktop. STAGE=<name> chooses the stage.",
).action(async () => {
  const stage = await loadStage(stageName());
  const { target, outputs } = await findDeployed(stage);
  const endpoint = endpointOf(target, outputs);
  const url = dashboardUrl(endpoint, outputs, stage.name);
  // Two boots: a machine that fails the first one is replaced.
  const seconds = 2 * stage.settings.fleet.healthCheckGraceSeconds;
  await steps([
    { title: 'Wait until the dashboard answers', task: () => untilOpen(endpoint, stage.name, seconds) },
  ]).run();
  if (endpoint.authority)
    console.log(`Its certificate is signed by ${endpoint.authority}, which your browser does not know.`);
  console.log(url);
  if (process.stdout.isTTY && hasDesktop(process.env)) await open(url);
});

async function untilOpen(endpoint: Endpoint, stage: string, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const state = await dashboardState(endpoint);
    if (state === 'open') return;
    if (state === 'closed') throw new UserError(closed(stage));
    if (Date.now() > deadline)
      throw new UserError(
        `The monitoring machine did not become healthy within ${seconds} s. See why: make logs UNIT=bootstrap STAGE=${stage}`,
      );
    await sleep(pollMilliseconds);
  }
}

function closed(stage: string): string {
  return `The load balancer does not admit this address to the dashboard. Add its network to monitoring.allow in stages/${stage}.yaml, such as 203.0.113.7/32, and: make apply STAGE=${stage}`;
}

function hasDesktop({ DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv): boolean {
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

// A browser that cannot be started is no failure: the address is printed.
async function open(url: string): Promise<void> {
  await execa('xdg-open', [url], { reject: false, stdio: 'ignore', timeout: 10_000 });
}

await run(program);
