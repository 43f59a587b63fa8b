import { readFileSync } from 'node:fs';
import { childrenOf } from '../common/processes.ts';

/** Returns the ids of a process's descendants whose command matches, such as those of a rehearsal's machines. */
export function descendantsRunning(pid: number, command: RegExp): number[] {
  return descendantsOf(pid).filter((descendant) => command.test(commandOf(descendant)));
}

function descendantsOf(pid: number): number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

// Of a process that has ended, an empty text.
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
