import { parseDeployment } from '../deployments/deployment.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { releasesText } from './command-line/releases-text.ts';
import { deployedStage } from './steps/deployed.ts';

const program = createCommand(
  'releases',
  'List the revisions that are kept: when they were made, their models, their tracks and their traffic. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const { outputs } = await deployedStage(await loadStage(stageName()));
    const deployment = parseDeployment(outputs.deployment);
    console.log(json ? JSON.stringify(deployment, null, 2) : releasesText(deployment));
  });

await run(program);
