import { Command, Option } from 'commander';
import { Listr } from 'listr2';
import * as z from 'zod';
import { type Artifact, writeArtifact } from '../model/artifact/write.ts';
import { DataError } from '../model/datasets/example.ts';
import { modelSettings } from '../model/settings.ts';
import { readSources, type Sources } from '../model/sources.ts';
import { trainModel } from '../model/train.ts';

interface Context {
  sources: Sources;
  artifact: Artifact;
}
const program = new Command('train')
  .description('Learn an artifact from labelled texts')
  .option('--data <path>')
  .option('--test <path>')
  .addOption(new Option('--algorithm <name>').choices(['linear-svm', 'bayes', 'logistic-regression']))
  .option('--output <folder>', 'where the artifact goes', 'build/artifact')
  .parse();
const { output, ...given } = program.opts();
const settings = modelSettings.parse(given);
const tasks = new Listr<Context>([
  {
    title: 'Read',
    task: async (context) => {
      context.sources = await readSources(settings);
    },
  },
  {
    title: 'Train',
    task: async (context, task) => {
      context.artifact = await trainModel(context.sources, settings, async (step, share) => {
        task.output = `${step} ${Math.round(share * 100)} %`;
        await new Promise(setImmediate);
      });
    },
  },
  { title: 'Write', task: async (context) => writeArtifact(context.artifact, output) },
]);
try {
  const { artifact } = await tasks.run({} as Context);
  const { metrics, golden, threshold, calibration } = artifact.manifest;
  console.log(metrics, golden, threshold, calibration, artifact.manifest.version);
} catch (error) {
  if (!(error instanceof DataError) && !(error instanceof z.ZodError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
