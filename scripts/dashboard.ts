import { execa } from 'execa';
import { dashboardUrl, untilDashboardOpens } from '../deployments/dashboard.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { steps } from './command-line/progress.ts';
import { deployedStage } from './steps/deployed.ts';

const program = createCommand(
  'dashboard',
  "Wait until a stage's dashboard answers, print its address, and open it where there is a desktop. STAGE=<name> chooses the stage.",
).action(async () => {
  const stage = await loadStage(stageName());
  const { target, outputs } = await deployedStage(stage);
  const endpoint = endpointOf(target, outputs);
  const url = dashboardUrl(endpoint, outputs, stage.name);
  // Two boots: a machine that fails the first one is replaced.
  const seconds = 2 * stage.settings.fleet.healthCheckGraceSeconds;
  await steps([
    {
      title: 'Wait until the dashboard answers',
      task: () => untilDashboardOpens({ endpoint, stage: stage.name, seconds }),
    },
  ]).run();
  if (endpoint.authority)
    console.log(`Its certificate is signed by ${endpoint.authority}, which your browser does not know.`);
  console.log(url);
  if (process.stdout.isTTY && hasDesktop(process.env)) await open(url);
});

function hasDesktop({ DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv): boolean {
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

// A browser that cannot be started is no failure: the address is printed.
async function open(url: string): Promise<void> {
  await execa('xdg-open', [url], { reject: false, stdio: 'ignore', timeout: 10_000 });
}

await run(program);
