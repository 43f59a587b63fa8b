import { benchService } from '../benchmarks/service/bench.ts';
import type { BenchOptions } from '../benchmarks/service/context.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'bench-service',
  'Measure the service beside a bare node:http server and a common Python stack.',
)
  .option('--rounds <number>', 'rounds to take the median of', Number, 5)
  .option('--seconds <number>', 'seconds of each measurement', Number, 3)
  .option('--requests <number>', 'requests after which memory is read', Number, 200_000)
  .option('--soak-minutes <number>', 'minutes of good and hostile requests; 0 skips them', Number, 10)
  .option('--data <folder>', 'folder with clinc150/data_full.json, for the model with 150 intents', process.env.DATA)
  .option('--no-reference', 'skip the Python stack, which is installed from PyPI')
  .action((options: BenchOptions) => benchService(options));

await run(program);
