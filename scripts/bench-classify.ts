import { benchClassification } from '../benchmarks/classification/bench.ts';
import { benchmarkFolder, tellResults } from './command-line/benchmark.ts';
import { createCommand, run } from './command-line/command.ts';

async function bench(data: string, count: number): Promise<void> {
  const folder = benchmarkFolder('bench-classify');
  const results = await benchClassification({ data, folder, count, report: (line) => console.error(line) });
  tellResults(results);
}

const program = createCommand(
  'bench-classify',
  'Measures how long many texts take, beside scikit-learn, where the Python of PYTHON has it.',
)
  .requiredOption('--data <folder>', 'the folder that holds clinc150/data_full.json')
  .option('--count <number>', 'how many texts', Number, 1_000_000)
  .action(({ data, count }: { data: string; count: number }) => bench(data, count));

await run(program);
