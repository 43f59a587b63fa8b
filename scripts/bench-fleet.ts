import { benchFleet, type FleetBenchOptions } from '../benchmarks/fleet/bench.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const program = createCommand(
  'bench-fleet',
  "Measure POST /predict at a rehearsed machine's nginx and through the load balancer, beside a bare node:http server.",
)
  .option('--rounds <number>', 'rounds to take the median of', Number, 3)
  .option('--seconds <number>', 'seconds of each measurement', Number, 5)
  .action(async (options: FleetBenchOptions) => {
    await benchFleet(await findDeployed(await loadStage(stageName())), options);
  });

await run(program);
