import { relative } from 'node:path';
import { command, run } from './command.ts';
import { reporter, steps } from './progress.ts';
import { type PackedRelease, packRelease } from './release/pack.ts';

interface Options {
  artifact: string;
  output: string;
}

const program = command(
  'release',
  'Packs runtime, service, bootstrap and model into one archive, named by its content.',
)
  .option('--artifact <folder>', 'folder of the trained model', 'build/artifact')
  .option('--output <folder>', 'folder that the archive is written to', 'build/releases')
  .action(async ({ artifact, output }: Options) => {
    const { packed } = await steps<{ packed?: PackedRelease }>([
      {
        title: 'Pack the release',
        task: async (context, task) => {
          context.packed = await packRelease({ artifact, output, onStep: reporter(task) });
        },
      },
    ]).run();
    if (packed) console.log(describe(packed));
  });

function describe({ path, sha256, size }: PackedRelease): string {
  return `${relative('.', path)}: ${(size / 1_000_000).toFixed(1)} MB, SHA-256 ${sha256}`;
}

await run(program);
