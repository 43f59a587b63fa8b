import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerCommand } from './worker-command.ts';

/** Why a worker has ended. */
export type WorkerEnd = 'died' | 'hung';

export interface SuperviseProps {
  command: WorkerCommand;
  /** Asks the worker whether it is ready; rejects unless it answers. */
  probe: () => Promise<unknown>;
  /** Ends the supervision, and the worker with it. */
  signal: AbortSignal;
  onUp: () => void;
  onDown: (why: WorkerEnd, detail: string) => void;
  times?: Partial<typeof defaultTimes>;
}

const defaultTimes = {
  /** The time between two probes. */
  probeMilliseconds: 1000,
  /** The time for a worker to answer for the first time: it starts within little processor time. */
  startMilliseconds: 60_000,
  /** The time after its last answer at which it hangs. */
  hangMilliseconds: 10_000,
  /** The pause before the next start, which doubles with each, and its greatest value. */
  pauseMilliseconds: 1000,
  mostPauseMilliseconds: 60_000,
};

type Props = SuperviseProps & { times: typeof defaultTimes };

/** Keeps one worker running until the signal: one that dies is started again, one that hangs is killed, less and less often. */
export async function supervise({ times: given, ...rest }: SuperviseProps): Promise<void> {
  const times = { ...defaultTimes, ...given };
  const props = { ...rest, times };
  const { signal } = props;
  let pause = times.pauseMilliseconds;
  while (!signal.aborted) {
    const startedAt = performance.now();
    await runOnce(props);
    // A worker that has run for long is no worker that cannot run.
    if (performance.now() - startedAt > times.mostPauseMilliseconds) pause = times.pauseMilliseconds;
    await sleep(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(pause * 2, times.mostPauseMilliseconds);
  }
}

async function runOnce(props: Props): Promise<void> {
  const { command, signal, onDown } = props;
  const child = start(command);
  const ended = new AbortController();
  const end = endOf(child).finally(() => ended.abort());
  const kill = () => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const hung = await watch(props, AbortSignal.any([ended.signal, signal]));
  kill();
  const detail = await end;
  signal.removeEventListener('abort', kill);
  if (!signal.aborted) onDown(hung === undefined ? 'died' : 'hung', hung ?? detail);
}

/** Probes a worker until it hangs; returns how, or undefined where it has ended. */
async function watch({ probe, onUp, times }: Props, ended: AbortSignal): Promise<string | undefined> {
  let isUp = false;
  let deadline = performance.now() + times.startMilliseconds;
  while (!ended.aborted) {
    if (await answers(probe, ended)) {
      if (!isUp) onUp();
      isUp = true;
      deadline = performance.now() + times.hangMilliseconds;
    } else if (performance.now() > deadline && !ended.aborted) {
      return isUp
        ? `no answer for ${times.hangMilliseconds / 1000} s`
        : `no answer within ${times.startMilliseconds / 1000} s of its start`;
    }
    await sleep(times.probeMilliseconds, undefined, { signal: ended }).catch(() => {});
  }
  return undefined;
}

function answers(probe: Props['probe'], ended: AbortSignal): Promise<boolean> {
  return probe().then(
    () => !ended.aborted,
    () => false,
  );
}

// Its lines go where those of this program go.
function start({ file, parameters, folder, environment }: WorkerCommand): ChildProcess {
  const child = spawn(file, parameters, { cwd: folder, env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
  // Where memory is over, the kernel ends the worker and not this program.
  if (child.pid) writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => {});
  return child;
}

/** Waits for the end of a process; returns what ended it. A program that cannot be started ends at once. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal ? `signal ${signal}` : `status ${status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
