import { join } from 'node:path';
import { Option } from 'commander';
import type { ListrTask } from 'listr2';
import { type Clinc, readBanking, readClinc } from '../benchmarks/model/data.ts';
import { fewShotResults } from '../benchmarks/model/few-shot.ts';
import { languageResults } from '../benchmarks/model/languages.ts';
import { servingResults } from '../benchmarks/model/serving.ts';
import { fewShotSets } from '../benchmarks/model/targets.ts';
import {
  accuracyResults,
  ownDataResults,
  type Profile,
  scopeResults,
  type Trained,
  trainTo,
} from '../benchmarks/model/training.ts';
import type { Result } from '../benchmarks/result-table.ts';
import { profileNames } from '../model/algorithm-names.ts';
import type { DatasetSplits } from '../model/datasets/load.ts';
import { benchmarkFolder, tellResults } from './command-line/benchmark.ts';
import { createCommand, run } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

interface Context {
  results: Result[];
}

async function bench(data: string, profiles: Profile[]): Promise<void> {
  const clinc = await readClinc(data);
  const banking = await readBanking(data);
  const folder = benchmarkFolder('bench-model');
  const tasks = profiles.flatMap((profile) => [
    ...tasksFor(profile, join(folder, profile), clinc, banking),
    ...fewShotTasks(profile, data),
  ]);
  const { results } = await steps<Context>(tasks).run({ results: [] });
  results.push(...(await ownDataResults()));
  if (profiles.includes('semantic')) results.push(...(await languageResults()));
  tellResults(results);
}

function tasksFor(profile: Profile, folder: string, clinc: Clinc, banking: DatasetSplits): ListrTask<Context>[] {
  const trained: Trained[] = [];
  const plain = { train: clinc('train'), test: clinc('test') };
  const scoped = {
    train: clinc('train', 'oos_train'),
    validation: clinc('val', 'oos_val'),
    test: clinc('test', 'oos_test'),
  };
  const train = (name: string, splits: DatasetSplits, then: (context: Context, result: Trained) => void) => ({
    title: `${profile}: ${name}`,
    task: async (context: Context, task: { output: string }) =>
      then(context, await trainTo(join(folder, name), splits, profile, trainingProgress(reporter(task)))),
  });
  return [
    train('CLINC150', plain, (_, result) => trained.push(result)),
    train('BANKING77', banking, ({ results }, result) => {
      results.push(...accuracyResults(profile, trained[0] as Trained, result));
    }),
    train('CLINC150 with out-of-scope examples', scoped, ({ results }, result) => {
      results.push(...scopeResults(profile, result));
    }),
    {
      title: `${profile}: serving`,
      task: async ({ results }) => {
        results.push(...(await servingResults(profile, join(folder, 'CLINC150'), plain.test)));
      },
    },
  ];
}

// The accurate profile takes minutes for each of these, and is no better than the default one with so few texts.
function fewShotTasks(profile: Profile, data: string): ListrTask<Context>[] {
  if (profile === 'accurate') return [];
  return fewShotSets.map((set) => ({
    title: `${profile}: ${set.name} with ${set.texts} texts an intent`,
    task: async ({ results }, task) => {
      results.push(...(await fewShotResults(profile, data, set, trainingProgress(reporter(task)))));
    },
  }));
}

const program = createCommand(
  'bench-model',
  'Measures accuracy, calibration, speed and size on CLINC150 and BANKING77.',
)
  .requiredOption(
    '--data <folder>',
    'the folder that holds clinc150/data_full.json, banking77/{train,test}.csv and few-shot/',
  )
  .addOption(new Option('--profile <name>', 'one profile only').choices(profileNames))
  .action(({ data, profile }: { data: string; profile?: Profile }) =>
    bench(data, profile ? [profile] : [...profileNames]),
  );

await run(program);
