import test from 'ava';
import { createRandom, shuffle } from '../../model/random.ts';

test('the same seed gives the same numbers, another seed other numbers', (t) => {
  const draw = (seed: number): number[] => {
    const random = createRandom(seed);
    return [random(), random(), random()];
  };
  t.deepEqual(draw(7), draw(7));
  t.notDeepEqual(draw(7), draw(8));
});

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
  const values = Int32Array.from({ length: 20 }, (_, index) => index);
  shuffle(values, createRandom(1), 10);
  t.deepEqual(
    [...values.subarray(0, 10)].sort((left, right) => left - right),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  t.notDeepEqual([...values.subarray(0, 10)], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.deepEqual([...values.subarray(10)], [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});
