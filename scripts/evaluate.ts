import { join } from 'node:path';
import colors from 'picocolors';
import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { openArtifact } from '../model/artifact/open.ts';
import { type Evaluation, evaluate } from '../model/evaluation/evaluate.ts';
import { learningCurve } from '../model/evaluation/learning-curve.ts';
import { renderPage } from '../model/evaluation/page.ts';
import type { ModelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { run } from './command-line/command.ts';
import { dataCommand, settingsFrom } from './command-line/model-options.ts';
import { describeModel } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

interface Context {
  evaluation: Evaluation;
}

async function measure(settings: ModelSettings, folder: string, into: string): Promise<void> {
  const classifier = await openArtifact(folder);
  const sources = await readSources(settings);
  refuseStrangeIntents(sources, classifier.manifest);
  warnOfOtherData(sources, settings, classifier.manifest);
  const tasks = steps<Context>([
    {
      title: 'Measure',
      task: async (context, task) => {
        const learning = sameLearner(settings, classifier.manifest);
        const curve = await learningCurve(sources, learning, trainingProgress(reporter(task)));
        context.evaluation = evaluate(classifier, sources.test.examples, curve);
      },
    },
    { title: `Write ${join(into, 'index.html')}`, task: ({ evaluation }) => write(evaluation, into) },
  ]);
  const { evaluation } = await tasks.run();
  console.log(describeModel({ ...classifier.manifest, metrics: evaluation.metrics }));
}

// The learning curve is of what the artifact was made with, except for the ensemble's.
function sameLearner(settings: ModelSettings, { algorithm, features }: Manifest): ModelSettings {
  return algorithm === 'ensemble' ? settings : { ...settings, algorithm, features };
}

function refuseStrangeIntents({ test }: Sources, { labels }: Manifest): void {
  if (test.examples.some(({ intent }) => labels.includes(intent))) return;
  throw new UserError(
    `${test.path}: expected an intent that this model knows (${labels.slice(0, 5).join(', ')}, …), got none; name the data that it was made for`,
  );
}

const warn = (sentence: string): void => console.log(colors.yellow(`! ${sentence}`));

function warnOfOtherData(
  { train, test }: Sources,
  { seed }: ModelSettings,
  { data, seed: learnedSeed }: Manifest,
): void {
  if (train.sha256 !== data.train.sha256) {
    warn(`${train.path} is not what this model learned from: the learning curve is another model's`);
  }
  if (test.sha256 !== data.test.sha256) {
    warn(`${test.path} is not what its manifest was measured on: its figures may differ`);
    return;
  }
  if (train.path === test.path && (seed !== learnedSeed || test.examples.length !== data.test.rows)) {
    warn(
      `${test.path} is split in another way than for training: some of the texts that it is measured on, it has seen`,
    );
  }
}

async function write(evaluation: Evaluation, folder: string): Promise<void> {
  await writeFileWhole(join(folder, 'index.html'), renderPage(evaluation));
  await writeFileWhole(join(folder, 'evaluation.json'), `${JSON.stringify(evaluation, null, 2)}\n`);
}

const program = dataCommand('evaluate', 'Measures an artifact, and writes a page that a person can read.')
  .option('--artifact <folder>', 'what to measure', defaultArtifact)
  .option('--output <folder>', 'where the page and its JSON go', 'build/evaluation')
  .action(async ({ artifact, output, ...options }) => measure(await settingsFrom(options), artifact, output));

await run(program);
