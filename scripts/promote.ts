import { promote } from '../deployments/strategies/promote.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { changeDeployment } from './steps/resume.ts';

const program = createCommand(
  'promote',
  'Go on with a deployment that waits for a person or was interrupted; old machines that are kept warm go. STAGE=<name> chooses the stage.',
).action(async () =>
  changeDeployment(await loadStage(stageName()), 'make promote', ({ deployment }) => promote(deployment)),
);

await run(program);
