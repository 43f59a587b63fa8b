import { readProcess, statOf } from '../../common/processes.ts';
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
    const group = readProcess(pid, 'cgroup');
    if (!group.includes(`/${machine}/`)) continue;
    const ticks = ticksOf(pid);
    time.all += ticks;
    if (observing.test(group)) time.observing += ticks;
  }
  return time;
}

// Fields 14 and 15.
function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}
