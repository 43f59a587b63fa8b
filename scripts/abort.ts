import { abort } from '../deployments/strategies/abort.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { changeDeployment } from './steps/resume.ts';

const program = createCommand(
  'abort',
  'Make a deployment that is under way go back to where it began. STAGE=<name> chooses the stage.',
).action(() =>
  changeDeployment(stageName(), 'make abort', ({ deployment }) => abort(deployment, 'A person aborted it'), true),
);

await run(program);
