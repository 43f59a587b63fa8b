import test from 'ava';
import { Heap } from '../../../model/features/heap.ts';
import { createRandom } from '../../../model/random.ts';

test('the smallest number comes first, whatever was added between', (t) => {
  const random = createRandom(1);
  const heap = new Heap();
  const kept: number[] = [];
  for (let round = 0; round < 2000; round += 1) {
    if (random() < 0.6) {
      const value = Math.floor(random() * 100);
      heap.push(value);
      kept.push(value);
      kept.sort((left, right) => left - right);
    } else t.is(heap.pop(), kept.shift());
  }
  while (kept.length > 0) t.is(heap.pop(), kept.shift());
  t.is(heap.pop(), undefined);
});
