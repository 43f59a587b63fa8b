import test from 'ava';
import { CopyQueue } from '../../../shadow/run/copy-queue.ts';

test('where the worker lags, the oldest copies are dropped and counted', (t) => {
  let dropped = 0;
  const queue = new CopyQueue(3, () => dropped++);
  for (const line of ['a', 'b', 'c', 'd', 'e']) queue.add(line);
  t.deepEqual([queue.take(), queue.size, dropped], ['c', 2, 2]);
  queue.clear();
  t.deepEqual([queue.take(), queue.size, dropped], [undefined, 0, 4]);
});
