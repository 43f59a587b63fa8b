import { join } from 'node:path';
import colors from 'picocolors';
import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { openArtifact } from '../model/artifact/open.ts';
import { type DatasetSplits, loadDatasets } from '../model/datasets/load.ts';
import { type Evaluation, evaluate } from '../model/evaluation/evaluate.ts';
import { renderPage } from '../model/evaluation/page.ts';
import type { ModelSettings } from '../model/settings.ts';
import { learningCurve } from '../model/training/learning-curve.ts';
import { run } from './command-line/command.ts';
import { dataCommand, settingsFrom } from './command-line/model-options.ts';
import { modelSummary } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

interface Context {
  evaluation: Evaluation;
}

async function measure(settings: ModelSettings, folder: string, into: string): Promise<void> {
  const classifier = await openArtifact(folder);
  const splits = await loadDatasets(settings);
  refuseOtherIntents(splits, classifier.manifest);
  warnOfOtherData(splits, classifier.manifest);
  const tasks = steps<Context>([
    {
      title: 'Measure',
      task: async (context, task) => {
        const sameSettings = settingsOf(classifier.manifest, settings);
        const curve = await learningCurve(splits, sameSettings, trainingProgress(reporter(task)));
        context.evaluation = evaluate(classifier, splits.test.examples, curve);
      },
    },
    { title: `Write ${join(into, 'index.html')}`, task: ({ evaluation }) => write(evaluation, into) },
  ]);
  const { evaluation } = await tasks.run();
  console.log(modelSummary({ ...classifier.manifest, metrics: evaluation.metrics }));
}

// The learning curve uses the algorithm of the artifact, unless that is the ensemble.
function settingsOf({ algorithm, features }: Manifest, settings: ModelSettings): ModelSettings {
  return algorithm === 'ensemble' ? settings : { ...settings, algorithm, features };
}

function refuseOtherIntents({ test }: DatasetSplits, { labels }: Manifest): void {
  if (test.examples.some(({ intent }) => labels.includes(intent))) return;
  throw new UserError(
    `${test.path}: expected an intent that this model knows (${labels.slice(0, 5).join(', ')}, …), got none; name the data that it was made for`,
  );
}

function warn(sentence: string): void {
  console.log(colors.yellow(`! ${sentence}`));
}

function warnOfOtherData({ train, test }: DatasetSplits, { data }: Manifest): void {
  if (train.sha256 !== data.train.sha256) {
    warn(`${train.path} is not the data that this model learned from: the learning curve is another model's`);
  }
  if (test.sha256 === data.test.sha256) return;
  warn(
    train.path === test.path && train.sha256 === data.train.sha256
      ? `${test.path} is split in another way than for training: the model has seen some of the test texts`
      : `${test.path} is not the test data of its manifest: the figures may differ`,
  );
}

async function write(evaluation: Evaluation, folder: string): Promise<void> {
  await writeFileWhole(join(folder, 'index.html'), renderPage(evaluation));
  await writeFileWhole(join(folder, 'evaluation.json'), `${JSON.stringify(evaluation, null, 2)}\n`);
}

const program = dataCommand('evaluate', 'Measures an artifact and writes a page with the results.')
  .option('--artifact <folder>', 'the artifact to measure', defaultArtifact)
  .option('--output <folder>', 'where the page and its JSON are written', 'build/evaluation')
  .action(async ({ artifact, output, ...options }) => measure(await settingsFrom(options), artifact, output));

await run(program);
