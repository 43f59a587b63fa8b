import type { Metric } from './metric.ts';
import { evaluateExpression, type Series } from './metric-math.ts';

/** A query of CloudWatch: a statistic of a metric, or an expression on the results of others. */
export type DataQuery = { id: string; isReturned: boolean } & (
  | { metric: Metric; statistic: string; periodSeconds: number }
  | { expression: string }
);

/** The statistic of a metric in a query. */
export type MetricQuery = Extract<DataQuery, { metric: Metric }>;

export function isMetricQuery(query: DataQuery): query is DataQuery & MetricQuery {
  return 'metric' in query;
}

/** Returns the results of queries by their ids; `read` returns the values of a metric in each of `count` periods. */
export function resultsOf(
  queries: readonly DataQuery[],
  count: number,
  read: (query: MetricQuery) => Series,
): Map<string, Series> {
  const metrics = new Map(queries.filter(isMetricQuery).map((query) => [query.id, read(query)]));
  const results = new Map(metrics);
  const series = (id: string, above: readonly string[]): Series => {
    const query = queries.find((found) => found.id === id);
    if (!query || above.includes(id)) throw new Error(`no metric or earlier expression has the id ${id}`);
    const inner = (name: string) => series(name, [...above, id]);
    const known = results.get(id);
    if (known || isMetricQuery(query)) return known ?? [];
    const result = evaluateExpression(query.expression, { series: inner, metrics, count });
    results.set(id, result);
    return result;
  };
  for (const { id } of queries) series(id, []);
  return results;
}
