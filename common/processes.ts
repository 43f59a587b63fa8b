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

// Field 22 of /proc/PID/stat (proc(5)); field 2 may contain spaces and ends at the last parenthesis. A zombie has ended.
function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Returns the ids of the running children of a process; an empty list if there is no such process. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** Kills a process, or a process group if `id` is negative; ignores one that has ended. */
export function endProcess(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
