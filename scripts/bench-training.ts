import { benchLargeTraining } from '../benchmarks/model/large-training.ts';
import { benchmarkFolder, tellResults } from './command-line/benchmark.ts';
import { createCommand, run } from './command-line/command.ts';

async function bench(data: string, counts: number[]): Promise<void> {
  const folder = benchmarkFolder('bench-training');
  const results = await benchLargeTraining({ data, folder, counts, report: (line) => console.error(line) });
  tellResults(results);
}

const program = createCommand(
  'bench-training',
  'Measures the training on many texts: time, memory, progress, accuracy.',
)
  .requiredOption('--data <folder>', 'the folder that holds clinc150/data_full.json')
  .option('--counts <numbers...>', 'how many texts, a training each', ['200000', '1000000'])
  .action(({ data, counts }: { data: string; counts: string[] }) => bench(data, counts.map(Number)));

await run(program);
