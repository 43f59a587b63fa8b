import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option } from 'commander';
import type { ListrTask } from 'listr2';
import { type Clinc, readBanking, readClinc } from '../benchmarks/model/data.ts';
import { type Line, tableOf } from '../benchmarks/model/lines.ts';
import { servingLines } from '../benchmarks/model/serving.ts';
import {
  accuracyLines,
  ownDataLine,
  type Profile,
  scopeLines,
  type Trained,
  trainTo,
} from '../benchmarks/model/training.ts';
import type { Sources } from '../model/sources.ts';
import { command, run } from './command-line/command.ts';
import { reporter, steps } from './command-line/progress.ts';
import { trainingProgress } from './command-line/training-progress.ts';

interface Context {
  lines: Line[];
}

async function bench(data: string, profiles: Profile[]): Promise<void> {
  const clinc = await readClinc(data);
  const banking = await readBanking(data);
  const folder = temporaryFolder();
  const tasks = profiles.flatMap((profile) => tasksFor(profile, join(folder, profile), clinc, banking));
  const { lines } = await steps<Context>(tasks).run({ lines: [] });
  lines.push(await ownDataLine());
  console.log(tableOf(lines));
  if (lines.some(({ ok }) => !ok)) process.exitCode = 1;
}

// Removed however the process ends, by Ctrl-C too.
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-model-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function tasksFor(profile: Profile, folder: string, clinc: Clinc, banking: Sources): ListrTask<Context>[] {
  const trained: Trained[] = [];
  const plain = { train: clinc('train'), test: clinc('test') };
  const scoped = {
    train: clinc('train', 'oos_train'),
    validation: clinc('val', 'oos_val'),
    test: clinc('test', 'oos_test'),
  };
  const train = (name: string, sources: Sources, then: (context: Context, result: Trained) => void) => ({
    title: `${profile}: ${name}`,
    task: async (context: Context, task: { output: string }) =>
      then(context, await trainTo(join(folder, name), sources, profile, trainingProgress(reporter(task)))),
  });
  return [
    train('CLINC150', plain, (_, result) => trained.push(result)),
    train('BANKING77', banking, ({ lines }, result) => {
      lines.push(...accuracyLines(profile, trained[0] as Trained, result));
    }),
    train('CLINC150 with out-of-scope examples', scoped, ({ lines }, result) => {
      lines.push(...scopeLines(profile, result));
    }),
    {
      title: `${profile}: serving`,
      task: async ({ lines }) => {
        lines.push(...(await servingLines(profile, join(folder, 'CLINC150'), plain.test)));
      },
    },
  ];
}

const program = command('bench-model', 'Measures accuracy, calibration, speed and size on CLINC150 and BANKING77.')
  .requiredOption('--data <folder>', 'the folder that holds clinc150/data_full.json and banking77/{train,test}.csv')
  .addOption(new Option('--profile <name>', 'one profile only').choices(['default', 'accurate']))
  .action(({ data, profile }: { data: string; profile?: Profile }) =>
    bench(data, profile ? [profile] : ['default', 'accurate']),
  );

await run(program);
