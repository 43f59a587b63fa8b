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

await run(() => train(settingsFrom(withoutOutput(program.opts())), program.opts().output));

function withoutOutput({ output: _, ...options }: Record<string, unknown>): Record<string, unknown> {
  return options;
}

async function train(settings: ModelSettings, output: string): Promise<void> {
  const sources = await readSources(settings);
  console.log(describeData(reportOn(sources)));
  const { artifact } = await tasks(settings, output).run({ sources } as Context);
  console.log(describeModel(artifact.manifest));
  for (const refusal of refusalsOf(artifact.manifest, settings.gate)) {
    console.log(colors.yellow(`! would not be released: ${refusal}`));
  }
}

const tasks = (settings: ModelSettings, output: string): Listr<Context> =>
  new Listr<Context>([
    {
      title: 'Train',
      task: async (context, task) => {
        context.artifact = await trainModel(context.sources, settings, showProgress(task));
      },
    },
    { title: `Write ${output}`, task: ({ artifact }) => writeArtifact(artifact, output) },
  ]);
