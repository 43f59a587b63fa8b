import test from 'ava';
import { distributionOf, merge, statisticOf } from '../../../rehearsal/metrics/distribution.ts';

const sums = (count: number, sum: number, minimum: number, maximum: number) => ({
  count,
  sum,
  minimum,
  maximum,
  values: new Map<number, number>(),
});

test('values are counted, summed and kept with three digits', (t) => {
  const distribution = distributionOf([
    [1.2341, 2],
    [1.2349, 1],
    [500, 3],
  ]);
  const values = new Map([
    [1.23, 3],
    [500, 3],
  ]);
  t.deepEqual(distribution, { count: 6, sum: 2 * 1.2341 + 1.2349 + 1500, minimum: 1.2341, maximum: 500, values });
});

test('a merge has the values of all', (t) => {
  const merged = merge([distributionOf([[1, 2]]), distributionOf([[1, 1]]), distributionOf([[4, 1]])]);
  const values = new Map([
    [1, 3],
    [4, 1],
  ]);
  t.deepEqual(merged, { count: 4, sum: 7, minimum: 1, maximum: 4, values });
});

test('a merge with sums alone has no values', (t) => {
  t.deepEqual(merge([distributionOf([[1, 2]]), sums(3, 30, 5, 20)]), sums(5, 32, 1, 20));
});

test('the simple statistics', (t) => {
  const distribution = distributionOf([
    [2, 3],
    [10, 1],
  ]);
  const statistics = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'];
  t.deepEqual(
    statistics.map((statistic) => statisticOf(distribution, statistic)),
    [16, 4, 4, 2, 10],
  );
});

test('a percentile is the value at the nearest rank, whatever the order in which values came', (t) => {
  const distribution = distributionOf(Array.from({ length: 100 }, (_, index) => [((index * 7) % 100) + 1, 1] as const));
  const percentiles = ['p0', 'p1', 'p50', 'p90', 'p99', 'p99.5', 'p100'];
  t.deepEqual(
    percentiles.map((statistic) => statisticOf(distribution, statistic)),
    [1, 1, 50, 90, 99, 100, 100],
  );
  t.is(
    statisticOf(
      distributionOf([
        [3, 9],
        [8, 1],
      ]),
      'p90',
    ),
    3,
  );
  t.is(
    statisticOf(
      distributionOf([
        [3, 9],
        [8, 1],
      ]),
      'p91',
    ),
    8,
  );
});

test('sums alone tell a percentile only where all values are the same', (t) => {
  t.is(statisticOf(sums(3, 30, 5, 20), 'p50'), undefined);
  t.is(statisticOf(sums(3, 15, 5, 5), 'p50'), 5);
  t.is(statisticOf(sums(3, 30, 5, 20), 'Average'), 10);
});

test('a statistic that is unknown has no value', (t) => {
  for (const statistic of ['p101', 'p', 'p-1', 'p50x', 'tm90', 'average', ''])
    t.is(
      statisticOf(
        distributionOf([
          [1, 1],
          [2, 1],
        ]),
        statistic,
      ),
      undefined,
      statistic,
    );
});
