import { readFileSync } from 'node:fs';
import { descendantsRunning } from '../descendants.ts';

/** The units of a machine that log and monitor. */
const observing = /\/(?:intent-fleet-logs|prometheus-node-exporter|prometheus-nginx-exporter)\.service/;

/** The processor time of a machine's processes, in clock ticks. */
export interface ProcessorTime {
  all: number;
  /** That of the processes that log and monitor. */
  observing: number;
}

/** Reads the processor time of a machine in a rehearsal; `rehearsal` is the id of its outermost process. */
export function processorTime(rehearsal: number, machine: string): ProcessorTime {
  const time = { all: 0, observing: 0 };
  for (const pid of descendantsRunning(rehearsal, /./)) {
    const group = read(`/proc/${pid}/cgroup`);
    if (!group.includes(`/${machine}/`)) continue;
    const ticks = ticksOf(pid);
    time.all += ticks;
    if (observing.test(group)) time.observing += ticks;
  }
  return time;
}

// Fields 14 and 15 of /proc/PID/stat (proc(5)); field 2 may contain spaces and ends at the last parenthesis.
function ticksOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

// Of a process that has ended, an empty text.
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
