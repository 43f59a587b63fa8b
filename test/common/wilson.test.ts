import test from 'ava';
import { wilson } from '../../common/wilson.ts';

const round = (pair: [number, number]) => pair.map((bound) => Number(bound.toFixed(4)));

test("Wilson's interval has the published values", (t) => {
  t.deepEqual(round(wilson(81, 263)), [0.2553, 0.3662]);
  t.deepEqual(round(wilson(0, 20)), [0, 0.1611]);
  t.deepEqual(round(wilson(29, 29)), [0.883, 1]);
  t.deepEqual(wilson(0, 0), [0, 1]);
});

test("the limits of another critical value solve Wilson's equation", (t) => {
  const [low, high] = wilson(81, 263, 3);
  const standardErrors = (limit: number) => (81 / 263 - limit) / Math.sqrt((limit * (1 - limit)) / 263);
  t.deepEqual([standardErrors(low).toFixed(9), standardErrors(high).toFixed(9)], ['3.000000000', '-3.000000000']);
});
