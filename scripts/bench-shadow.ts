import { benchShadow, type ShadowBenchOptions } from '../benchmarks/fleet/shadow.ts';
import { findDeployed } from '../deployments/deployed.ts';
import { loadStage } from '../stages/load.ts';
import { createCommand, run, stageName } from './command-line/command.ts';

const program = createCommand(
  'bench-shadow',
  'Measure a rehearsed machine at half load with its shadow and without it, in turn. A shadow must be under way.',
)
  .option('--rounds <number>', 'rounds, each with five measurements with the shadow and five without it', Number, 3)
  .option('--seconds <number>', 'seconds of each measurement', Number, 12)
  .action(async (options: ShadowBenchOptions) => {
    await benchShadow(await findDeployed(await loadStage(stageName())), options);
  });

await run(program);
