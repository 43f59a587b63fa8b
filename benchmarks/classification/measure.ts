import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { checkoutFolder } from '../../common/paths.ts';

/** What a run has cost. */
export interface RunCost {
  /** From the start of the command to its end. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The largest resident memory. */
  readonly megabytes: number;
}

const pollMilliseconds = 50;
const ticksPerSecond = 100;

/** Runs the command that classifies a file, and measures it. */
export async function measureCommand(artifact: string, input: string, output: string): Promise<RunCost> {
  await rm(output, { force: true });
  const script = join(checkoutFolder, 'scripts/classify.ts');
  const startedAt = performance.now();
  const run = execa(process.execPath, [script, '--artifact', artifact], { env: { IN: input, OUT: output } });
  let last = { cpuSeconds: 0, megabytes: 0 };
  const poll = setInterval(async () => {
    const now = await statusOf(run.pid as number).catch(() => last);
    last = { cpuSeconds: now.cpuSeconds, megabytes: Math.max(last.megabytes, now.megabytes) };
  }, pollMilliseconds);
  try {
    await run;
  } finally {
    clearInterval(poll);
  }
  return { seconds: (performance.now() - startedAt) / 1000, ...last };
}

// Linux keeps the peak of the resident memory itself. A process that has just ended has none; of its last interval nothing is known.
async function statusOf(pid: number): Promise<{ cpuSeconds: number; megabytes: number }> {
  const [status, stat] = await Promise.all(['status', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')));
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status as string)?.[1] ?? 0);
  const [user, system] = (stat as string).split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  return { cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond, megabytes: (kilobytes * 1024) / 1e6 };
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
