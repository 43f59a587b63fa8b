import type { Deployment } from '../deployments/deployment.ts';
import { abort } from '../deployments/strategies/abort.ts';
import { abortReason } from '../deployments/strategies/failure.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { abortRequestOf, isHeld } from './steps/hold.ts';
import { changeDeployment } from './steps/resume.ts';

const program = createCommand(
  'abort',
  'Make a deployment that is under way go back to where it began, also one that another command carries out. STAGE=<name> chooses the stage.',
).action(async () => {
  const stage = await loadStage(stageName());
  const isCarried = await isHeld(stage);
  if (isCarried) await abortRequestOf(stage).make();
  await changeDeployment(stage, 'make abort', ({ deployment }) =>
    isCarried && wasAborted(deployment) ? undefined : abort(deployment, abortReason),
  );
});

/** Tells whether the command that carried the deployment out has taken it back, as it was asked to. */
function wasAborted({ progress, last }: Deployment): boolean {
  return progress === null && last?.reason === abortReason;
}

await run(program);
