import test from 'ava';
import { distributionOf } from '../../../rehearsal/metrics/distribution.ts';
import { MetricStore } from '../../../rehearsal/metrics/store.ts';

const jobs = { namespace: 'Own', name: 'Jobs', dimensions: {} };
const one = (value: number) => distributionOf([[value, 1]]);

/** A store with one value at each of these times. */
function storeWith(...points: [at: number, value: number][]): MetricStore {
  const store = new MetricStore();
  for (const [at, value] of points) store.put(jobs, at, one(value));
  return store;
}

const tenSeconds = { start: 0, milliseconds: 10_000, count: 3 };

test('a period has the points from its start up to its end', (t) => {
  const store = storeWith([0, 1], [9999, 2], [10_000, 4], [30_000, 8]);
  t.deepEqual(store.series(jobs, 'Sum', tenSeconds), [3, 4, undefined]);
});

test('a period may have the points of a longer window that ends with it', (t) => {
  const store = storeWith([0, 1], [10_000, 2], [20_000, 4]);
  t.deepEqual(store.series(jobs, 'Sum', { ...tenSeconds, windowMilliseconds: 20_000 }), [1, 3, 6]);
});

test('points in the same second are merged, and so are late ones', (t) => {
  const store = storeWith([1000, 1], [3000, 4], [1999, 2], [2000, 8]);
  const seconds = { start: 0, milliseconds: 1000, count: 4 };
  t.deepEqual(store.series(jobs, 'Sum', seconds), [undefined, 3, 8, 4]);
  t.deepEqual(store.series(jobs, 'SampleCount', seconds), [undefined, 2, 1, 1]);
  t.deepEqual(store.series(jobs, 'p50', { start: 0, milliseconds: 4000, count: 1 }), [2]);
});

test('any number of values in a second takes the place of one point', (t) => {
  const points = Array.from({ length: 2000 }, (_, index): [number, number] => [index, 1]);
  t.deepEqual(storeWith(...points).series(jobs, 'Sum', { start: 0, milliseconds: 2000, count: 1 }), [2000]);
});

test('a metric that is unknown has no values', (t) => {
  const store = storeWith([1000, 1]);
  const other = { ...jobs, dimensions: { queue: 'a' } };
  t.deepEqual(store.series(other, 'Sum', tenSeconds), [undefined, undefined, undefined]);
  t.deepEqual(store.metrics(), [jobs]);
});

test('the last 1800 points of a metric are kept', (t) => {
  const store = storeWith();
  for (let second = 0; second < 1801; second++) store.put(jobs, second * 1000, one(1));
  const whole = { start: 0, milliseconds: 1000, count: 2 };
  t.deepEqual(store.series(jobs, 'Sum', whole), [undefined, 1]);
  // It is older than all that are kept.
  store.put(jobs, 0, one(1));
  t.deepEqual(store.series(jobs, 'Sum', whole), [undefined, 1]);
  t.deepEqual(store.series(jobs, 'Sum', { start: 0, milliseconds: 1_801_000, count: 1 }), [1800]);
});

test('the 1000 metrics that were put last are kept', (t) => {
  const store = new MetricStore();
  const metric = (index: number) => ({ ...jobs, name: `Jobs${index}` });
  for (let index = 0; index < 1000; index++) store.put(metric(index), 0, one(1));
  store.put(metric(0), 1000, one(1));
  store.put(metric(1000), 0, one(1));
  const names = store.metrics().map(({ name }) => name);
  t.deepEqual([names.length, names[0], names.at(-2), names.at(-1)], [1000, 'Jobs2', 'Jobs0', 'Jobs1000']);
});
