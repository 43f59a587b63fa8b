import Table from 'cli-table3';

/** One line of the table; `ok` compares the unrounded value. */
export interface Line {
  what: string;
  got: string;
  reach: string;
  ok: boolean;
}

const percent = (share: number): string => (100 * share).toFixed(2);

/** A share, in percent, that should be high. */
export const atLeast = (what: string, value: number, reach: number): Line => ({
  what,
  got: percent(value),
  reach: `at least ${percent(reach)}`,
  ok: value >= reach,
});

/** A cost that should be low. */
export const atMost = (what: string, value: number, reach: number, unit: string, digits: number): Line => ({
  what,
  got: `${value.toFixed(digits)}${unit}`,
  reach: `at most ${reach}${unit}`,
  ok: value <= reach,
});

/** A figure that is told, and compared with nothing. */
export const stated = (what: string, got: string): Line => ({ what, got, reach: 'stated', ok: true });

/** The table, for a terminal. */
export function tableOf(lines: readonly Line[]): string {
  const table = new Table({ head: ['what', 'measured', 'reach', ''], style: { head: [], border: [] } });
  for (const { what, got, reach, ok } of lines) {
    table.push([what, got, reach, reach === 'stated' ? '' : ok ? 'reached' : 'MISSED']);
  }
  return table.toString();
}
