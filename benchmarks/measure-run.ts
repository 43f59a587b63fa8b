import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** What a run of a command has cost. */
export interface RunCost {
  /** From the start of the command to its end. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The largest resident memory, that of its threads included. */
  readonly megabytes: number;
  /** The longest time without a word on its output. */
  readonly silentSeconds: number;
}

const pollMilliseconds = 50;
const ticksPerSecond = 100;

/** Runs a script of the commands, and measures it. */
export async function measureRun(
  script: string,
  options: string[],
  env: Record<string, string> = {},
): Promise<RunCost> {
  const startedAt = performance.now();
  const run = execa(process.execPath, [script, ...options], { env });
  let [spokenAt, silent] = [startedAt, 0];
  run.stdout.on('data', () => {
    const now = performance.now();
    silent = Math.max(silent, now - spokenAt);
    spokenAt = now;
  });
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
  return { seconds: (performance.now() - startedAt) / 1000, ...last, silentSeconds: silent / 1000 };
}

// Linux keeps the peak of the resident memory itself. A process that has just ended has none; of its last interval nothing is known.
async function statusOf(pid: number): Promise<{ cpuSeconds: number; megabytes: number }> {
  const [status, stat] = await Promise.all(['status', 'stat'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')));
  const kilobytes = Number(/VmHWM:\s+(\d+)/.exec(status as string)?.[1] ?? 0);
  const [user, system] = (stat as string).split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  return { cpuSeconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond, megabytes: (kilobytes * 1024) / 1e6 };
}
