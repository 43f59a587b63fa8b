import { terminalTable } from '../common/tables.ts';
import { agrees, type Result } from './check.ts';

/** Describes the differences between what AWS documents and what was observed, as a table. */
export function describeDifferences(results: readonly Result[], target: string): string {
  const different = results.filter((result) => !agrees(result));
  const count = `${results.length - different.length} of ${results.length} behave as AWS documents`;
  if (different.length === 0) return `${target}: ${count}.`;
  const rows = different.map(({ name, expected, observed, page }) => [name, expected, observed, page]);
  return `${terminalTable(['behaviour', 'expected', 'observed', 'page'], rows)}\n${target}: ${count}.`;
}
