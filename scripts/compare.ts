import { UserError } from '../common/errors.ts';
import { compareReleases } from '../comparison/compare.ts';
import { periodsOf } from '../comparison/from-records.ts';
import { comparedReleases } from '../deployments/compared-releases.ts';
import { parseDeployment } from '../deployments/deployment.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { comparisonText } from './command-line/comparison-text.ts';
import { deployedStage } from './steps/deployed.ts';
import { feedbackStoreOf } from './steps/feedback.ts';

const program = createCommand(
  'compare',
  'Compare the release that is deployed with the one in service, by feedback. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const stage = await loadStage(stageName());
    if (!stage.settings.feedback.enabled)
      throw new UserError(`There is no feedback to compare by: stages/${stage.name}.yaml says feedback.enabled: false`);
    const { target, outputs } = await deployedStage(stage);
    const { releases, weights, since } = comparedReleases(parseDeployment(outputs.deployment));
    const records = await Array.fromAsync(feedbackStoreOf(stage, target).read());
    const comparison = compareReleases({ ...periodsOf(records, releases, since), weights });
    console.log(json ? JSON.stringify({ releases, ...comparison }, null, 2) : comparisonText(comparison, releases));
  });

await run(program);
