import { parseDeployment } from '../deployments/deployment.ts';
import { completed } from '../deployments/history-entry.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { historyText } from './command-line/history-text.ts';
import { deployedStage } from './steps/deployed.ts';
import { historyOf } from './steps/tell.ts';

const shown = 50;

const program = createCommand(
  'history',
  `List the last ${shown} deployments: when, who, from what to what, and how they ended. STAGE=<name> chooses the stage.`,
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const deployed = await deployedStage(await loadStage(stageName()));
    const found = await historyOf(deployed).list(shown, (line) => console.error(line));
    const entries = completed(found, parseDeployment(deployed.outputs.deployment));
    console.log(json ? JSON.stringify(entries, null, 2) : historyText(entries));
  });

await run(program);
