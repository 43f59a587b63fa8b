import test from 'ava';
import { chanceOf, pairedDifference } from '../../../model/evaluation/paired.ts';
import type { Predict } from '../../../model/prediction.ts';

const examples = Array.from({ length: 100 }, (_, at) => ({ text: String(at), intent: 'a', line: at }));

// Right on the texts below a number.
function rightBelow(end: number): Predict {
  return (text) => ({
    ...{ intent: 'unknown', confidence: 1 },
    alternatives: [{ intent: Number(text) < end ? 'a' : 'b', confidence: 1 }],
  });
}

test('the difference counts the texts on which one model alone is right', (t) => {
  const { texts, difference, interval } = pairedDifference(rightBelow(90), rightBelow(80), examples);
  t.deepEqual([texts, difference], [100, 0.1]);
  // (10.5 - 0.5) / 102 plus or minus 1.96 x sqrt(11 - 10^2 / 102) / 102
  t.deepEqual(
    interval.map((end) => Number(end.toFixed(4))),
    [0.0372, 0.1589],
  );
});

test('two models that say the same do not differ, and no texts tell nothing', (t) => {
  const same = pairedDifference(rightBelow(50), rightBelow(50), examples);
  t.is(same.difference, 0);
  t.true(same.interval[0] < 0 && same.interval[1] > 0);
  t.is(pairedDifference(rightBelow(1), rightBelow(2), []).difference, 0);
});

test('the chance of a difference is that of a fair coin, in both directions', (t) => {
  const rounded = (gained: number, lost: number) => Number(chanceOf(gained, lost).toFixed(6));
  t.deepEqual(
    [rounded(0, 0), rounded(1, 0), rounded(5, 5), rounded(10, 0), rounded(0, 10)],
    [1, 1, 1, 0.001953, 0.001953],
  );
  // 2 x (1 + 12 + 66) / 2^12
  t.is(rounded(10, 2), 0.038574);
  // Where half to the power of all texts is no number.
  t.true(Math.abs(chanceOf(2050, 1950) - 0.117495) < 1e-6);
});
