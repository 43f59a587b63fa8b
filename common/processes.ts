import { readFileSync } from 'node:fs';

/** Identifies a process, also among later ones with the same id. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in clock ticks since the host booted. */
  startTicks: string;
}

/** Returns the identity of a running process; undefined if no process has this id. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startTicks = startTicksOf(pid);
  return startTicks === undefined ? undefined : { pid, startTicks };
}

/** Tells whether a process still runs. */
export function isAlive({ pid, startTicks }: ProcessIdentity): boolean {
  return startTicksOf(pid) === startTicks;
}

// Field 22; a zombie has ended.
function startTicksOf(pid: number): string | undefined {
  const [state, ...others] = statOf(pid);
  return state === 'Z' ? undefined : others[18];
}

/** Returns the fields of /proc/PID/stat (proc(5)) from the third one, the state, on; none if there is no such process. */
export function statOf(pid: number): string[] {
  const stat = readProcess(pid, 'stat');
  // Field 2 may contain spaces and ends at the last parenthesis.
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Returns a file of a process below /proc, such as `cmdline`; an empty text if there is no such process. */
export function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Returns the ids of the running children of a process; an empty list if there is no such process. */
export function childrenOf(pid: number): number[] {
  return readProcess(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Kills a process, or a process group if `id` is negative; ignores one that has ended. */
export function endProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
