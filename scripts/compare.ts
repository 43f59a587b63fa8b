import { UserError } from '../common/errors.ts';
import { compareReleases } from '../comparison/compare.ts';
import { periodsOf } from '../comparison/from-records.ts';
import { comparedReleases } from '../deployments/compared-releases.ts';
import { parseDeployment } from '../deployments/deployment.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { whyNoPrometheus } from '../deployments/prometheus.ts';
import { servedFigures } from '../deployments/served-figures.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { comparisonText } from './command-line/comparison-text.ts';
import { noServedText, servedText } from './command-line/served-text.ts';
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
    const endpoint = endpointOf(target, outputs);
    const records = await Array.fromAsync(feedbackStoreOf(stage, target).read());
    const comparison = compareReleases({ ...periodsOf(records, releases, since), weights });
    const why = await whyNoPrometheus(endpoint, outputs, stage.name);
    const seconds = (Date.now() - Date.parse(since)) / 1000;
    const served = why === undefined ? await servedFigures(endpoint, releases, seconds) : null;
    if (json) console.log(JSON.stringify({ releases, ...comparison, served }, null, 2));
    else
      console.log(
        `${comparisonText(comparison, releases)}\n${served ? servedText(served, releases) : noServedText(why)}`,
      );
  });

await run(program);
