import { loadStage } from '../stages/load.ts';
import { readRuns } from '../tracking/tracker.ts';
import { createCommand, run, stageName, withStage } from './command-line/command.ts';
import { runSummaries, runsText } from './command-line/runs-text.ts';
import { runsOf } from './steps/tracking.ts';

const program = createCommand(
  'experiments',
  "List what was trained and tried of the stage's model, the oldest first. STAGE=<name> chooses the stage.",
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const { model } = (await loadStage(stageName())).settings;
    const summaries = runSummaries(await readRuns(runsOf(model)));
    if (json) console.log(JSON.stringify(summaries, null, 2));
    else if (summaries.length === 0)
      console.log(withStage(`${runsOf(model)}: no runs; begin one with: make train, or make experiment`));
    else console.log(runsText(summaries));
  });

await run(program);
