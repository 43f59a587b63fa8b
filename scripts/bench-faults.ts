import { benchFaults } from '../benchmarks/faults/bench.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'bench-faults',
  'Kill apply and destroy at each of their steps, and show what the next command makes of it. Takes about an hour.',
)
  .option('--only <text>', 'only the faults with this text, such as "terraform plan"', '')
  .action(async ({ only }: { only: string }) => {
    if (!(await benchFaults(only))) process.exitCode = 1;
  });

await run(program);
