import { Listr } from 'listr2';
import colors from 'picocolors';
import { type Artifact, writeArtifact } from '../model/artifact/write.ts';
import { reportOn } from '../model/datasets/report.ts';
import { refusalsOf } from '../model/gate.ts';
import type { ModelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { trainModel } from '../model/train.ts';
import { ARTIFACT_FOLDER } from '../model/train-artifact.ts';
import { dataCommand, learningOptions, run, settingsFrom, showProgress } from './model-command.ts';
import { describeData, describeModel } from './model-tables.ts';

interface Context {
  sources: Sources;
  artifact: Artifact;
}

const program = learningOptions(
  dataCommand('train', 'Learn from labelled texts, and write the artifact that is served'),
)
  .option('--output <folder>', 'where the artifact goes', ARTIFACT_FOLDER)
  .parse();

async function train(settings: ModelSettings, folder: string): Promise<void> {
  const sources = await readSources(settings);
  console.log(describeData(reportOn(sources)));
  const { artifact } = await tasks(settings, folder).run({ sources } as Context);
  console.log(describeModel(artifact.manifest));
  for (const refusal of refusalsOf(artifact.manifest, settings.gate)) {
    console.log(colors.yellow(`! would not be released: ${refusal}`));
  }
}

const tasks = (settings: ModelSettings, folder: string): Listr<Context> =>
  new Listr<Context>([
    {
      title: 'Train',
      task: async (context, task) => {
        context.artifact = await trainModel(context.sources, settings, showProgress(task));
      },
    },
    { title: `Write ${folder}`, task: ({ artifact }) => writeArtifact(artifact, folder) },
  ]);

const { output, ...options } = program.opts();
await run(() => train(settingsFrom(options), output));
