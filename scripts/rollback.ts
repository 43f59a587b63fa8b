import { rollback } from '../deployments/strategies/rollback.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { changeDeployment } from './steps/resume.ts';

const program = createCommand('rollback', 'Go back to a revision that is kept. STAGE=<name> chooses the stage.')
  .argument('[revision]', 'its name, as `make releases` lists it; the one that served before without it')
  .action(async (to: string | undefined) =>
    changeDeployment(await loadStage(stageName()), 'make rollback', ({ stage, deployment, observed }) =>
      rollback(deployment, {
        ...{ to, observed, now: new Date() },
        stepTimeoutSeconds: stage.settings.deployment.stepTimeoutSeconds,
      }),
    ),
  );

await run(program);
