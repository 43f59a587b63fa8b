import type { ListrTask } from 'listr2';
import { defaultArtifact } from '../common/paths.ts';
import type { Artifact } from '../model/artifact/artifact.ts';
import { assertReplaceable, writeArtifact } from '../model/artifact/write.ts';
import type { DatasetSplits } from '../model/datasets/load.ts';
import { refusalsOf } from '../model/gate/refusals.ts';
import type { ModelSettings } from '../model/settings.ts';
import { trainModel } from '../model/training/train.ts';
import { run, stageName } from './command-line/command.ts';
import { deployLines } from './command-line/deploy-lines.ts';
import { dataCommand, learningOptions, readSettingsFile, settingsFrom } from './command-line/model-options.ts';
import { dataSummary, modelSummary } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';
import { warn } from './command-line/warn.ts';
import { compareProfiles, profileToCompare } from './steps/compare-profiles.ts';
import { readTexts } from './steps/read-texts.ts';
import { trackTraining } from './steps/tracking.ts';

interface Context {
  splits: DatasetSplits;
  artifact: Artifact;
  comparison?: string;
}

/** Trains a model and writes it; tells whether it may be released. */
async function train(settings: ModelSettings, folder: string): Promise<boolean> {
  assertReplaceable(folder);
  const { splits, report } = await readTexts(settings);
  console.log(dataSummary(report));
  const { artifact, comparison } = await trainingSteps(settings, folder).run({ splits } as Context);
  console.log(modelSummary(artifact.manifest));
  if (comparison !== undefined) console.log(comparison);
  const refusals = refusalsOf(artifact.manifest, settings.gate);
  for (const refusal of refusals) warn(`would not be released: ${refusal}`);
  return refusals.length === 0;
}

function trainingSteps(settings: ModelSettings, folder: string) {
  const other = profileToCompare(settings);
  return steps<Context>([
    {
      title: 'Train',
      task: async (context, task) => {
        const { splits } = context;
        const progress = trainingProgress(reporter(task));
        context.artifact = await trackTraining('train', settings, splits, () => trainModel(splits, settings, progress));
      },
    },
    { title: `Write ${folder}`, task: ({ artifact }) => writeArtifact(artifact, folder) },
    ...(other === undefined ? [] : [comparisonStep(other, settings)]),
  ]);
}

// Users with token vectors see whether these are of use for their texts.
function comparisonStep(other: ModelSettings['profile'], settings: ModelSettings): ListrTask<Context> {
  return {
    title: `Compare with the ${other} profile`,
    task: async (context, task) => {
      const onProgress = trainingProgress(reporter(task));
      context.comparison = await compareProfiles(context.artifact, other, context.splits, settings, onProgress);
    },
  };
}

const program = learningOptions(dataCommand('train', 'Trains a model on labelled texts and writes its artifact.'))
  .option('--settings <file>', 'settings of the model in YAML, such as the best ones of an experiment')
  .option('--output <folder>', 'where the artifact goes', defaultArtifact)
  .action(async ({ settings, output, ...given }) => {
    const file = settings === undefined ? undefined : await readSettingsFile(settings);
    const mayBeReleased = await train(await settingsFrom(given, file), output);
    if (mayBeReleased) console.log(`\n${deployLines(stageName(), { ...file?.model, ...given })}`);
  });

await run(program);
