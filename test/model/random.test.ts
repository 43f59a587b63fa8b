import test from 'ava';
import { createRandom, shuffle } from '../../model/random.ts';

test('numbers are spread evenly over [0, 1)', (t) => {
  const random = createRandom(3);
  const tenths = new Array<number>(10).fill(0);
  for (let at = 0; at < 10_000; at += 1) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] as number) + 1;
  }
  for (const count of tenths) t.true(count > 850 && count < 1150, `got ${count} of about 1000`);
});

test('a shuffle keeps every value, and does not change the values after its length', (t) => {
  const sorted = Int32Array.from({ length: 20 }, (_, index) => index);
  const values = sorted.slice();
  shuffle(values, createRandom(1), 10);
  t.notDeepEqual(values, sorted);
  t.deepEqual(values.subarray(10), sorted.subarray(10));
  t.deepEqual(values.sort(), sorted);
});
