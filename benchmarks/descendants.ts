import { childrenOf, readProcess } from '../common/processes.ts';

/** Returns the ids of a process's descendants whose command matches, such as those of a rehearsal's machines. */
export function descendantsRunning(pid: number, command: RegExp): number[] {
  return descendantsOf(pid).filter((descendant) => command.test(readProcess(descendant, 'cmdline')));
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}
