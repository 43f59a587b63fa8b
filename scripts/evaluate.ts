import { join } from 'node:path';
import colors from 'picocolors';
import type { Manifest } from '../model/artifact/manifest.ts';
import { openArtifact } from '../model/artifact.ts';
import { type Evaluation, evaluate } from '../model/evaluation/evaluate.ts';
import { learningCurve } from '../model/evaluation/learning-curve.ts';
import { renderPage } from '../model/evaluation/page.ts';
import type { ModelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { ARTIFACT_FOLDER } from '../model/train-artifact.ts';
import { run } from './command.ts';
import { dataCommand, settingsFrom } from './model-command.ts';
import { describeModel } from './model-tables.ts';
import { reporter, steps } from './progress.ts';
import { writeWhole } from './release/cache.ts';
import { trainingProgress } from './training-progress.ts';

interface Context {
  evaluation: Evaluation;
}

async function measure(settings: ModelSettings, folder: string, into: string): Promise<void> {
  const classifier = await openArtifact(folder);
  const sources = await readSources(settings);
  warnOfOtherData(sources, classifier.manifest.data);
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

function warnOfOtherData({ train, test }: Sources, data: Manifest['data']): void {
  if (train.sha256 !== data.train.sha256) {
    console.log(
      colors.yellow(`! ${train.path} is not what this model learned from: the learning curve is another model's`),
    );
  }
  if (test.sha256 !== data.test.sha256) {
    console.log(colors.yellow(`! ${test.path} is not what its manifest was measured on: its figures may differ`));
  }
}

async function write(evaluation: Evaluation, folder: string): Promise<void> {
  await writeWhole(join(folder, 'index.html'), renderPage(evaluation));
  await writeWhole(join(folder, 'evaluation.json'), `${JSON.stringify(evaluation, null, 2)}\n`);
}

const program = dataCommand('evaluate', 'Measures an artifact, and writes a page that a person can read.')
  .option('--artifact <folder>', 'what to measure', ARTIFACT_FOLDER)
  .option('--output <folder>', 'where the page and its JSON go', 'build/evaluation')
  .action(async ({ artifact, output, ...options }) => measure(await settingsFrom(options), artifact, output));

await run(program);
