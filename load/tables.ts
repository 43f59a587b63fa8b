import { formatPercent } from '../common/percent.ts';
import { terminalTable } from '../common/tables.ts';
import type { Counts, LoadResult } from './result.ts';

/** A table with a head. */
export interface Table {
  head: string[];
  rows: string[][];
}

/** The tables of a load: the figures, then requests by status, answers by machine and by release. */
export function resultTables(result: LoadResult): Table[] {
  const { statuses, machines, releases } = result;
  const counted = [
    share(['status', 'requests'], statuses),
    share(['machine', 'answers'], machines),
    share(['release', 'answers'], releases),
  ];
  return [figures(result), ...counted.filter(({ rows }) => rows.length > 0)];
}

/** The same for a terminal. */
export function terminalTables(result: LoadResult): string {
  return resultTables(result)
    .map(({ head, rows }) => terminalTable(head, rows))
    .join('\n');
}

function figures({ requests, seconds, latencies }: LoadResult): Table {
  const aMinute = seconds > 0 ? String(Math.round((requests * 60) / seconds)) : '–';
  const milliseconds = ['mean', 'p10', 'p50', 'p90', 'p99', 'max'] as const;
  return {
    head: ['requests', 'a minute', ...milliseconds.map((name) => `${name} ms`)],
    rows: [[String(requests), aMinute, ...milliseconds.map((name) => formatMilliseconds(latencies?.[name]))]],
  };
}

/** Formats milliseconds with at least three digits. */
export function formatMilliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function share([of, what]: [string, string], counts: Counts): Table {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const rows = Object.entries(counts).map(([name, count]) => [
    name || 'none named',
    String(count),
    formatPercent(count / all),
  ]);
  return { head: [of, what, 'share'], rows };
}
