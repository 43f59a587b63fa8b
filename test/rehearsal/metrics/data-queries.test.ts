import test from 'ava';
import { type DataQuery, resultsOf } from '../../../rehearsal/metrics/data-queries.ts';

const metric = (id: string): DataQuery => ({
  id,
  isReturned: true,
  metric: { namespace: 'Own', name: id, dimensions: {} },
  statistic: 'Sum',
  periodSeconds: 60,
});

const expression = (id: string, text: string): DataQuery => ({ id, isReturned: true, expression: text });

/** Results of queries on metrics whose values are 1 and 2 in two periods. */
const results = (...queries: DataQuery[]) => Object.fromEntries(resultsOf(queries, 2, () => [1, 2]));

test('expressions use metrics and each other, in any order', (t) => {
  t.deepEqual(results(expression('e2', 'e1 + m1'), expression('e1', 'm1 * 10'), metric('m1')), {
    e1: [10, 20],
    e2: [11, 22],
    m1: [1, 2],
  });
});

test('a metric is read once, with its query', (t) => {
  const read: unknown[] = [];
  const queries = [metric('m1'), expression('e1', 'm1 + m1'), expression('e2', 'm1 + e1')];
  resultsOf(queries, 1, (query) => {
    read.push(query);
    return [undefined];
  });
  t.deepEqual(read, [metric('m1')]);
});

test('METRICS has the metrics, not the expressions', (t) => {
  const queries = [metric('m1'), metric('m2'), expression('e1', 'm1 * 10'), expression('e2', 'SUM(METRICS())')];
  t.deepEqual(results(...queries).e2, [2, 4]);
});

test('ids that are unknown, or that need themselves, are refused', (t) => {
  const refused = (id: string) => ({ message: `no metric or earlier expression has the id ${id}` });
  t.throws(() => results(expression('e1', 'm1')), refused('m1'));
  t.throws(() => results(expression('e1', 'e1 + 1')), refused('e1'));
  t.throws(() => results(expression('e1', 'e2'), expression('e2', 'e1')), refused('e1'));
});

test('no queries have no results', (t) => {
  t.deepEqual(results(), {});
});
