import { benchShadow } from '../benchmarks/service/bench.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'bench-shadow',
  'Measure the service at half load with a shadow on its core and without one, in turn.',
)
  .option('--rounds <number>', 'rounds, each with five measurements with the shadow and five without it', Number, 3)
  .option('--seconds <number>', 'seconds of each measurement', Number, 10)
  .action(async (options: { rounds: number; seconds: number }) => {
    await benchShadow({ ...options, requests: 0, soakMinutes: 0, reference: false });
  });

await run(program);
