import { relative } from 'node:path';
import { Command } from 'commander';
import { packRelease } from './release/pack.ts';

const program = new Command('release')
  .description('Packs runtime, service, bootstrap and model into one archive, named by its content.')
  .option('--artifact <folder>', 'folder of the trained model', 'build/artifact')
  .option('--output <folder>', 'folder that the archive is written to', 'build/releases')
  .action(release);

async function release({ artifact, output }: { artifact: string; output: string }): Promise<void> {
  const started = performance.now();
  const packed = await packRelease({ artifact, output, onStep: (step) => console.log(`${step} …`) });
  const megabytes = (packed.size / 1_000_000).toFixed(1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${relative('.', packed.path)}: ${megabytes} MB in ${seconds} s, SHA-256 ${packed.sha256}`);
}

program.parseAsync().catch((error: Error) => {
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
});
