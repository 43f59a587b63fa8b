import { terminalTable } from '../common/tables.ts';
import { agrees, type Result } from './check.ts';

/** Describes the differences between what AWS documents and what was observed of `checks` checks, as a table. */
export function describeDifferences(results: readonly Result[], checks: number, target: string): string {
  const different = results.filter((result) => !agrees(result));
  const missing = checks - results.length;
  const agreeing = `${target}: ${results.length - different.length} of ${results.length} behave as AWS documents`;
  const count = missing === 0 ? `${agreeing}.` : `${agreeing}; ${missing} of ${checks} were not observed.`;
  if (different.length === 0) return count;
  const rows = different.map(({ name, expected, observed, page }) => [name, expected, observed, page]);
  return `${terminalTable(['behaviour', 'expected', 'observed', 'page'], rows)}\n${count}`;
}
