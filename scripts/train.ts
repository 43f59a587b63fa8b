import colors from 'picocolors';
import { defaultArtifact } from '../common/paths.ts';
import { type Artifact, assertReplaceable, writeArtifact } from '../model/artifact/write.ts';
import { reportOn } from '../model/datasets/report.ts';
import { refusalsOf } from '../model/gate.ts';
import type { ModelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { trainModel } from '../model/training/train.ts';
import { run } from './command-line/command.ts';
import { dataCommand, learningOptions, settingsFrom } from './command-line/model-options.ts';
import { describeData, describeModel } from './command-line/model-summary.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

interface Context {
  sources: Sources;
  artifact: Artifact;
}

async function train(settings: ModelSettings, folder: string): Promise<void> {
  assertReplaceable(folder);
  const sources = await readSources(settings);
  console.log(describeData(reportOn(sources)));
  const { artifact } = await tasks(settings, folder).run({ sources } as Context);
  console.log(describeModel(artifact.manifest));
  for (const refusal of refusalsOf(artifact.manifest, settings.gate)) {
    console.log(colors.yellow(`! would not be released: ${refusal}`));
  }
}

const tasks = (settings: ModelSettings, folder: string) =>
  steps<Context>([
    {
      title: 'Train',
      task: async (context, task) => {
        context.artifact = await trainModel(context.sources, settings, trainingProgress(reporter(task)));
      },
    },
    { title: `Write ${folder}`, task: ({ artifact }) => writeArtifact(artifact, folder) },
  ]);

const program = learningOptions(
  dataCommand('train', 'Learns from labelled texts, and writes the artifact that is served.'),
)
  .option('--output <folder>', 'where the artifact goes', defaultArtifact)
  .action(async ({ output, ...options }) => train(await settingsFrom(options), output));

await run(program);
