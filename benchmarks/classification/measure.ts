import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';
import { measureRun, type RunCost } from '../measure-run.ts';

/** Runs the command that classifies a file, and measures it. */
export async function measureCommand(artifact: string, input: string, output: string): Promise<RunCost> {
  await rm(output, { force: true });
  const script = join(checkoutFolder, 'scripts/classify.ts');
  return measureRun(script, ['--artifact', artifact], { IN: input, OUT: output });
}

/** Measures the reference, without its training; undefined where this Python has no scikit-learn. */
export async function measureReference(train: string, input: string, output: string): Promise<number | undefined> {
  const python = process.env.PYTHON ?? 'python3';
  const { exitCode } = await execa(python, ['-c', 'import sklearn, nltk'], { reject: false });
  if (exitCode !== 0) return undefined;
  const script = join(import.meta.dirname, 'reference/classify.py');
  const { stdout } = await execa(python, [script, train, input, output]);
  return Number(stdout);
}
