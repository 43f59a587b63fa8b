import { type Panel, withTimes } from '../panel.ts';
import type { Range, Span } from './ranges.ts';

/** Returns the address of a query's values, relative to the page. */
export function valuesUrl(query: string, range: Range, { start, end, step, window }: Span): string {
  const expression = withTimes(query, { window: `${window}s`, range: range.name });
  return `prometheus/api/v1/query_range?${new URLSearchParams({
    query: expression,
    start: `${start}`,
    end: `${end}`,
    step: `${step}`,
  })}`;
}

/** The address of the alerts that ring or are about to, relative to the page. */
export const alertsUrl = 'prometheus/api/v1/alerts';

/** Returns the address of Prometheus' own graph of a panel, relative to the page; Debian's package has only its classic pages. */
export function graphUrl({ queries }: Panel, range: Range, { window }: Span): string {
  const fields = queries.map(({ query }, index) => ({
    [`g${index}.expr`]: withTimes(query, { window: `${window}s`, range: range.name }),
    [`g${index}.tab`]: '0',
    [`g${index}.range_input`]: range.name,
  }));
  return `prometheus/classic/graph?${new URLSearchParams(Object.assign({}, ...fields))}`;
}
