import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../common/errors.ts';
import { defaultArtifact } from '../common/paths.ts';
import { shellWord } from '../common/shell-word.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { openArtifact } from '../model/artifact/open.ts';
import type { Dataset } from '../model/datasets/example.ts';
import { type DatasetSplits, loadDatasets } from '../model/datasets/load.ts';
import type { DataReport } from '../model/datasets/report.ts';
import { describeWarnings } from '../model/datasets/warnings.ts';
import { type DataOrigin, type Evaluation, evaluate, type MeasuredData } from '../model/evaluation/evaluate.ts';
import { metricFiles } from '../model/evaluation/metric-files.ts';
import { renderPage } from '../model/evaluation/page.ts';
import { describeSeen } from '../model/evaluation/seen.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import type { ModelSettings } from '../model/settings.ts';
import { learningCurve } from '../model/training/learning-curve.ts';
import { run } from './command-line/command.ts';
import { dataCommand, settingsFrom } from './command-line/model-options.ts';
import { modelSummary } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';
import { warn } from './command-line/warn.ts';
import { readTexts } from './steps/read-texts.ts';

interface Context {
  evaluation: Evaluation;
}

async function measure(settings: ModelSettings, folder: string, into: string): Promise<void> {
  const classifier = await openArtifact(folder);
  const { splits, report } = await readTexts(settings);
  refuseOtherIntents(splits, classifier.manifest);
  const measured = await examine(splits, report, classifier.manifest);
  for (const sentence of [measured.seen, ...measured.warnings]) if (sentence !== null) warn(sentence);
  const tasks = steps<Context>([
    {
      title: 'Measure',
      task: async (context, task) => {
        const sameSettings = settingsOf(classifier.manifest, settings);
        const curve = await learningCurve(splits, sameSettings, trainingProgress(reporter(task)));
        context.evaluation = evaluate(classifier, splits.test.examples, {
          learningCurve: curve,
          measured,
        });
      },
    },
    {
      title: `Write ${join(into, 'index.html')}`,
      task: ({ evaluation }) =>
        write(evaluation, refusalsOf({ ...classifier.manifest, ...evaluation }, settings.gate), into),
    },
  ]);
  const { evaluation } = await tasks.run();
  console.log(modelSummary({ ...classifier.manifest, metrics: evaluation.metrics }));
  console.log(`\nThe page: ${pathToFileURL(resolve(into, 'index.html')).href}`);
}

// The learning curve uses the algorithm of the artifact, unless that is a profile's own.
function settingsOf({ profile, algorithm, features }: Manifest, settings: ModelSettings): ModelSettings {
  const isOwn = algorithm === 'ensemble' || algorithm === 'mixture';
  return isOwn ? { ...settings, profile, algorithm: 'linear-svm' } : { ...settings, algorithm, features };
}

function refuseOtherIntents({ test }: DatasetSplits, { labels }: Manifest): void {
  if (test.examples.some(({ intent }) => labels.includes(intent))) return;
  throw new UserError(
    `${test.path}: expected an intent that this model knows (${labels.slice(0, 5).join(', ')}, …), got none; train a model with it: make train DATA=${shellWord(test.path)}`,
  );
}

async function examine(splits: DatasetSplits, report: DataReport, manifest: Manifest): Promise<MeasuredData> {
  const { train, test } = splits;
  const isOther = train.sha256 !== manifest.data.train.sha256;
  const curve = `${train.path} is not the data that this model learned from: the learning curve is another model's. Train one with: make train DATA=${shellWord(train.path)}`;
  const { rows, sha256 } = manifest.data.train;
  return {
    train: isOther ? { file: null, texts: rows, sha256 } : await originOf(train),
    test: await originOf(test),
    seen: describeSeen(splits, manifest, isOther ? [splits, ...(await dataOfStage())] : [splits]) ?? null,
    warnings: [...(isOther ? [curve] : []), ...describeWarnings(report)],
  };
}

async function originOf({ path, sha256, examples }: Dataset): Promise<DataOrigin> {
  const { mtime } = await stat(path);
  return { file: { path, changed: mtime.toISOString() }, texts: examples.length, sha256 };
}

// The artifact is usually made from what the stage names; where that cannot be read, it tells nothing.
async function dataOfStage(): Promise<DatasetSplits[]> {
  try {
    return [await loadDatasets(await settingsFrom({}))];
  } catch {
    return [];
  }
}

async function write(evaluation: Evaluation, refusals: readonly string[], folder: string): Promise<void> {
  await writeFileWhole(join(folder, 'index.html'), renderPage(evaluation, refusals));
  await writeFileWhole(join(folder, 'evaluation.json'), `${JSON.stringify(evaluation, null, 2)}\n`);
  for (const [name, content] of Object.entries(metricFiles(evaluation)))
    await writeFileWhole(join(folder, name), content);
}

const program = dataCommand('evaluate', 'Measures an artifact and writes a page with the results.')
  .option('--artifact <folder>', 'the artifact to measure', defaultArtifact)
  .option(
    '--output <folder>',
    'where the page, its JSON, metrics.json and the points of plots are written',
    'build/evaluation',
  )
  .action(async ({ artifact, output, ...options }) => measure(await settingsFrom(options), artifact, output));

await run(program);
