import test from 'ava';
import { CopyQueue } from '../../../shadow/run/copy-queue.ts';

test('where the worker lags, the oldest copies are dropped and counted', (t) => {
  let dropped = 0;
  const queue = new CopyQueue(3, () => dropped++);
  for (const line of ['a', 'b', 'c', 'd', 'e']) queue.add(line);
  t.deepEqual([queue.take(2, 100), queue.size, dropped], [['c', 'd'], 1, 2]);
  queue.clear();
  t.deepEqual([queue.take(2, 100), queue.size, dropped], [[], 0, 3]);
});

test('of long copies fewer are taken at a time, and one at least', (t) => {
  const queue = new CopyQueue(9, () => {});
  for (const line of ['aaa', 'bb', 'cc', 'dddddd', 'e']) queue.add(line);
  t.deepEqual(
    [queue.take(4, 5), queue.take(4, 5), queue.take(4, 5), queue.take(4, 5)],
    [['aaa', 'bb'], ['cc'], ['dddddd'], ['e']],
  );
});
