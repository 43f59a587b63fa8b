import test from 'ava';
import { wilson } from '../../common/wilson.ts';

test("Wilson's interval has the published values", (t) => {
  const round = (pair: [number, number]) => pair.map((bound) => Number(bound.toFixed(4)));
  t.deepEqual(round(wilson(81, 263)), [0.2553, 0.3662]);
  t.deepEqual(round(wilson(0, 20)), [0, 0.1611]);
  t.deepEqual(round(wilson(29, 29)), [0.883, 1]);
  t.deepEqual(wilson(0, 0), [0, 1]);
});
