import test from 'ava';
import { verdictOf } from '../../comparison/verdict.ts';

test('the verdict is read off the interval', (t) => {
  const verdicts = (
    [
      [1, 9],
      [0.1, 2],
      [-9, -1],
      [-2, 2],
      [-3, 2],
      [-2, 3],
      [-9, 9],
    ] as const
  ).map((interval) => verdictOf(interval, 3));
  t.deepEqual(verdicts, ['better', 'better', 'worse', 'no difference', 'undecided', 'undecided', 'undecided']);
});
