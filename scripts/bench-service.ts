import { type BenchOptions, benchService } from '../benchmarks/service/bench.ts';
import { command, run } from './command-line/command.ts';

const program = command(
  'bench-service',
  'Measure the service beside a bare node:http server and the usual Python stack',
)
  .option('--rounds <count>', 'rounds to take the median of', Number, 5)
  .option('--seconds <count>', 'seconds that each measurement lasts', Number, 3)
  .option('--requests <count>', 'requests after which memory is read', Number, 200_000)
  .option('--soak-minutes <count>', 'minutes of mixed good and hostile load; 0 skips it', Number, 10)
  .option('--data <folder>', 'folder with clinc150/data_full.json, for the model with 150 intents', process.env.DATA)
  .option('--no-reference', 'skip the Python stack, which is installed from PyPI')
  .action((options: BenchOptions) => benchService(options));

await run(program);
