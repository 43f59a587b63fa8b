import { UserError } from '../common/errors.ts';
import { type Comparison, compareReleases } from '../comparison/compare.ts';
import { periodsOf } from '../comparison/from-records.ts';
import type { CloudTarget } from '../deployments/cloud-target.ts';
import { type ComparedReleases, comparedReleases } from '../deployments/compared-releases.ts';
import { parseDeployment } from '../deployments/deployment.ts';
import { endpointOf } from '../deployments/endpoint.ts';
import { whyNoPrometheus } from '../deployments/prometheus.ts';
import { servedFigures } from '../deployments/served-figures.ts';
import { shadowFigures } from '../deployments/shadow-figures.ts';
import type { Stage } from '../stages/load.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';
import { comparisonText } from './command-line/comparison-text.ts';
import { noServedText, servedText } from './command-line/served-text.ts';
import { shadowText } from './command-line/shadow-text.ts';
import { deployedStage } from './steps/deployed.ts';
import { feedbackStoreOf } from './steps/feedback.ts';

const program = createCommand(
  'compare',
  'Compare the release that is deployed with the one in service: by feedback, or, of a shadow, by its answers. STAGE=<name> chooses the stage.',
)
  .option('--json', 'print JSON for other programs')
  .action(async ({ json }: { json?: boolean }) => {
    const stage = await loadStage(stageName());
    const { target, outputs } = await deployedStage(stage);
    const compared = comparedReleases(parseDeployment(outputs.deployment));
    const { releases, isShadow, since } = compared;
    const endpoint = endpointOf(target, outputs);
    const why = await whyNoPrometheus(endpoint, outputs, stage.name);
    const seconds = (Date.now() - Date.parse(since)) / 1000;
    const print = (value: object, text: string) =>
      console.log(json ? JSON.stringify({ releases, ...value }, null, 2) : text);
    if (isShadow) {
      if (why !== undefined) throw new UserError(`A shadow is compared by the monitoring machine, but ${why}`);
      const shadow = await shadowFigures(endpoint, releases.b, seconds);
      return print({ shadow }, shadowText(shadow, releases));
    }
    const comparison = await byFeedback(stage, target, compared);
    // The verdict does not depend on what Prometheus knows.
    const served =
      why ?? (await servedFigures(endpoint, releases, seconds).catch(({ message }: Error): string => message));
    const [figures, lines] =
      typeof served === 'string' ? [null, noServedText(served)] : [served, servedText(served, releases)];
    print({ ...comparison, served: figures }, `${comparisonText(comparison, releases)}\n${lines}`);
  });

async function byFeedback(
  stage: Stage,
  target: CloudTarget,
  { releases, weights, since }: ComparedReleases,
): Promise<Comparison> {
  if (!stage.settings.feedback.enabled)
    throw new UserError(`There is no feedback to compare by: stages/${stage.name}.yaml says feedback.enabled: false`);
  const records = await Array.fromAsync(feedbackStoreOf(stage, target).read());
  return compareReleases({ ...periodsOf(records, releases, since), weights });
}

await run(program);
