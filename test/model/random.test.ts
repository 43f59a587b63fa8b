import test from 'ava';
import { createRandom, shuffle } from '../../model/random.ts';

test('numbers are spread evenly over [0, 1)', (t) => {
  const numbers = Array.from({ length: 10_000 }, createRandom(3));
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const count = numbers.filter((number) => Math.floor(number * 10) === tenth).length;
    t.true(count > 850 && count < 1150, `got ${count} of about 1000`);
  }
});

test('a shuffle keeps every value, and does not change the values after its length', (t) => {
  const sorted = Int32Array.from({ length: 20 }, (_, index) => index);
  const values = sorted.slice();
  shuffle(values, createRandom(1), 10);
  t.notDeepEqual(values, sorted);
  t.deepEqual(values.subarray(10), sorted.subarray(10));
  t.deepEqual(values.sort(), sorted);
});
