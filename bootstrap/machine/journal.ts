import type { Machine } from './machine.ts';

/** Returns the last lines that units have written to the journal. */
export async function readJournal(machine: Machine, units: readonly string[]): Promise<string> {
  const chosen = units.flatMap((name) => ['--unit', name]);
  return (await machine.run(['journalctl', '--no-pager', '--lines', '30', '--output', 'short', ...chosen])).output;
}
