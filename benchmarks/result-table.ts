import { markdownTable } from '../common/tables.ts';

/** A measured figure; one with a target says whether the unrounded value meets it. */
export interface Result {
  what: string;
  measured: string;
  target?: string;
  isMet?: boolean;
}

/** Returns a share, in percent, that should be high. */
export function atLeast(what: string, value: number, target: number): Result {
  const percent = (share: number): string => (100 * share).toFixed(2);
  return { what, measured: percent(value), target: `at least ${percent(target)}`, isMet: value >= target };
}

/** Returns a cost that should be low. */
export function atMost(what: string, value: number, target: number, unit: string, digits: number): Result {
  const measured = `${value.toFixed(digits)}${unit}`;
  return { what, measured, target: `at most ${target}${unit}`, isMet: value <= target };
}

/** Formats the results as a Markdown table, padded so that a terminal shows it aligned. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.map(({ what, measured, target = '', isMet }) => {
    return [what, measured, target, isMet === undefined ? '' : isMet ? 'yes' : 'no'];
  });
  const [head = [], ...body] = padColumns([['what', 'measured', 'target', 'met'], ...rows]);
  return markdownTable(head, body);
}

function padColumns(rows: readonly string[][]): string[][] {
  const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widthOf(column))));
}
