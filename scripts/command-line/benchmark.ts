import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Result, resultTable } from '../../benchmarks/result-table.ts';

/** Makes a folder for the files of a benchmark, which is removed however the process ends, also by Ctrl-C. */
export function benchmarkFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Prints the results of a benchmark; the command fails where a target is missed. */
export function tellResults(results: readonly Result[]): void {
  console.log(resultTable(results));
  if (results.some(({ isMet }) => isMet === false)) process.exitCode = 1;
}
