import { benchDeployments } from '../benchmarks/deployments/bench.ts';
import { createCommand, run } from './command-line/command.ts';

const program = createCommand(
  'bench-deployments',
  'Deploy a good release and bad ones by each strategy under load, and show what each has cost. Takes about an hour and a half.',
)
  .option('--only <text>', 'only the deployments with this text, such as "canary: good"', '')
  .action(async ({ only }: { only: string }) => {
    if (!(await benchDeployments(only))) process.exitCode = 1;
  });

await run(program);
