import test from 'ava';
import { Pairs } from '../../../shadow/run/pairs.ts';

test('pairs beyond the limit are one', (t) => {
  const pairs = new Pairs(2);
  for (const [live, candidate] of ['ab', 'ba', 'ab', 'ac', 'cb', 'ba']) pairs.add(live as string, candidate as string);
  t.deepEqual(pairs.list(), [
    { live: 'a', candidate: 'b', count: 2 },
    { live: 'b', candidate: 'a', count: 2 },
    { live: 'other', candidate: 'other', count: 2 },
  ]);
});
