import { UserError } from '../common/errors.ts';
import { releaseIdOf } from '../common/release-id.ts';
import { compareReleases } from '../comparison/compare.ts';
import { periodsOf } from '../comparison/from-records.ts';
import { type Deployment, parseDeployment } from '../deployments/deployment.ts';
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
    const compared = comparedReleases(parseDeployment(outputs.deployment));
    const records = await Array.fromAsync(feedbackStoreOf(stage, target).read());
    const { releases, weights, since } = compared;
    const comparison = compareReleases({ ...periodsOf(records, releases, since), weights });
    console.log(json ? JSON.stringify({ releases, ...comparison }, null, 2) : comparisonText(comparison, releases));
  });

/** The releases of a deployment that is under way, their weights, and since when both serve. */
function comparedReleases({ progress, revisions, live, weights }: Deployment) {
  const { from, to, beganAt } = progress ?? { from: null, to: '', beganAt: '' };
  const [a, b] = [from === null ? undefined : revisions[from], revisions[to]];
  if (!a || !b)
    throw new UserError(
      'One release serves everything. Deploy another one beside it, by a canary with a step that pauses, and compare while both serve.',
    );
  const [ofLive, ofOther] = live === 'blue' ? [weights.blue, weights.green] : [weights.green, weights.blue];
  const releases = { a: releaseIdOf(a.release), b: releaseIdOf(b.release) };
  if (releases.a === releases.b)
    throw new UserError(`Both revisions have the release ${releases.a}: there is nothing to compare.`);
  return { releases, weights: { a: ofLive, b: ofOther }, since: beganAt };
}

await run(program);
