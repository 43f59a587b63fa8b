import { join } from 'node:path';
import { sha256 } from '../common/checksum.ts';
import { csvRow } from '../common/csv-field.ts';
import { UserError } from '../common/errors.ts';
import { labelledRow } from '../common/labelled-csv.ts';
import { listed } from '../common/listed.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Artifact } from '../model/artifact/artifact.ts';
import { writeArtifact } from '../model/artifact/write.ts';
import { type DatasetSplits, loadDatasets } from '../model/datasets/load.ts';
import { reportOn } from '../model/datasets/report.ts';
import { type FeedbackText, type Merged, withFeedback } from '../model/datasets/with-feedback.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import type { ModelSettings } from '../model/settings.ts';
import { trainModel } from '../model/training/train.ts';
import { loadStage, type Stage } from '../stages/load.ts';
import { run, stageName } from './command-line/command.ts';
import { dataCommand, type ModelOptions, mergeSettings } from './command-line/model-options.ts';
import { dataSummary, modelSummary } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';
import { warn } from './command-line/warn.ts';
import { deployedStage } from './steps/deployed.ts';
import { feedbackStoreOf } from './steps/feedback.ts';
import { registerArtifact } from './steps/registry.ts';
import { trackTraining } from './steps/tracking.ts';

const folder = 'build/retrain';

async function retrain(given: ModelOptions): Promise<void> {
  const stage = await loadStage(stageName());
  const settings = mergeSettings(stage.settings.model, given);
  const splits = await loadDatasets(settings);
  const merged = withFeedback({
    train: splits.train.examples,
    test: splits.test.examples,
    outOfScopeLabel: settings.outOfScopeLabel,
    feedback: await feedbackOf(stage),
  });
  tell(merged);
  if (merged.added.length === 0) {
    console.log('No feedback is new: nothing is trained.');
    return;
  }
  const content = csvOf(merged.examples, settings);
  const path = join(folder, 'train.csv');
  await writeFileWhole(path, content);
  // What measures stays the same, and so do its digest and the share that is held out.
  const examples = merged.examples.map((example, at) => ({ ...example, line: at + 2 }));
  const train = { path, examples, sha256: sha256(content) };
  const artifact = await trainMerged({ ...splits, train }, settings);
  await register(stage, artifact, settings);
  console.log(`To keep what was added, add the last rows of ${path} to your data: ${counted(merged.added.length)}.`);
}

function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}

/** Returns the texts that people have said the intent of. */
async function feedbackOf(stage: Stage): Promise<FeedbackText[]> {
  const { enabled, storeTexts } = stage.settings.feedback;
  if (!enabled || !storeTexts)
    throw new UserError(
      `There are no texts to learn from: stages/${stage.name}.yaml says feedback.${enabled ? 'storeTexts' : 'enabled'}: false`,
    );
  const { target } = await deployedStage(stage);
  const records = await Array.fromAsync(feedbackStoreOf(stage, target).read());
  // The bucket lists them by their prediction; the order must not depend on when it is read.
  return records
    .filter(({ text = '' }) => text.trim() !== '')
    .sort((one, other) => (one.prediction < other.prediction ? -1 : 1))
    .map(({ text = '', intent }) => ({ text, intent }));
}

function tell({ added, known, measured, disputed, unknownIntents }: Merged): void {
  console.log(`Feedback: ${added.length} texts are new, ${known} are learned already, ${measured} are test texts`);
  if (disputed.length > 0)
    warn(
      `${disputed.length} are left out, because the data or other people say another intent: ${listed(disputed.map(shown))}`,
    );
  if (unknownIntents.length > 0)
    warn(
      `${unknownIntents.length} are left out, because the data have no such intent: ${listed(unknownIntents.map(shown))}`,
    );
}

function shown({ text, intent }: FeedbackText): string {
  return `${JSON.stringify(text)} ${intent}`;
}

function csvOf(examples: readonly FeedbackText[], { columns }: ModelSettings): string {
  return `${csvRow(columns.text, columns.intent)}${examples.map(labelledRow).join('')}`;
}

async function trainMerged(splits: DatasetSplits, settings: ModelSettings): Promise<Artifact> {
  console.log(dataSummary(await reportOn(splits)));
  const { artifact } = await steps<{ artifact: Artifact }>([
    {
      title: 'Train',
      task: async (context, task) => {
        const progress = trainingProgress(reporter(task));
        context.artifact = await trackTraining('retrain', settings, splits, () =>
          trainModel(splits, settings, progress),
        );
      },
    },
  ]).run({} as { artifact: Artifact });
  console.log(modelSummary(artifact.manifest));
  return artifact;
}

async function register(stage: Stage, artifact: Artifact, settings: ModelSettings): Promise<void> {
  const refusals = refusalsOf(artifact.manifest, settings.gate);
  if (refusals.length > 0) throw new UserError(['This model is not registered:', ...refusals].join('\n'));
  const output = join(folder, 'artifact');
  writeArtifact(artifact, output);
  const { promote } = await registerArtifact(stage, artifact, output);
  console.log(promote);
}

const program = dataCommand(
  'retrain',
  "Adds what feedback says to the stage's data, trains, and registers the model where it passes the limits of the gate; nothing is promoted. STAGE=<name> chooses the stage.",
).action(retrain);

await run(program);
