import { benchDeployments } from '../benchmarks/deployments/bench.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'bench-deployments',
  'Deploy a good release and bad ones by each strategy under load, and show what each has cost. Takes about two hours.',
)
  .option('--only <text>', 'only those with this text, such as "canary: good", "bad" or "killed"', '')
  .action(async ({ only }: { only: string }) => {
    if (!(await benchDeployments(only))) process.exitCode = 1;
  });

await run(program);
