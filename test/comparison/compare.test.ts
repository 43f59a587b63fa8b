import test from 'ava';
import { compareReleases } from '../../comparison/compare.ts';

const counts = (right: number, wrong: number) => ({ right, wrong });
const weights = { a: 50, b: 50 };

// Floating-point numbers to six digits after the point.
function rounded<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toFixed(6)) : part)));
}

test('compares two releases by their feedback', (t) => {
  const comparison = compareReleases({
    periods: [{ a: counts(2730, 270), b: counts(2820, 180) }],
    weights,
    intents: { refund: [{ a: counts(450, 50), b: counts(380, 120) }] },
  });
  t.deepEqual(rounded(comparison), {
    a: { right: 2730, wrong: 270, accuracy: 0.91, interval: [0.899228, 0.919723] },
    b: { right: 2820, wrong: 180, accuracy: 0.94, interval: [0.930926, 0.947949] },
    verdict: 'better',
    difference: { points: 3, interval: [0.90711, 5.114139] },
    smallestDifference: 3,
    needed: { toFind: { a: 0, b: 0 }, toRuleOut: { a: 0, b: 0 } },
    intents: [
      {
        ...{ intent: 'refund', points: -14, pValue: 0, verdict: 'worse' },
        ...{ a: { feedbacks: 500, accuracy: 0.9 }, b: { feedbacks: 500, accuracy: 0.76 } },
      },
    ],
  });
});

test('without feedback, nothing is known but how much is needed', (t) => {
  t.deepEqual(compareReleases({ periods: [], weights: { a: 90, b: 10 }, smallestDifference: 5 }), {
    a: { right: 0, wrong: 0, accuracy: null, interval: [0, 1] },
    b: { right: 0, wrong: 0, accuracy: null, interval: [0, 1] },
    verdict: 'undecided',
    difference: { points: null, interval: [-100, 100] },
    smallestDifference: 5,
    needed: { toFind: { a: 5476, b: 609 }, toRuleOut: { a: 6834, b: 760 } },
    intents: [],
  });
});

test('swapping the releases swaps the verdict and the signs', (t) => {
  const [few, many] = [counts(2730, 270), counts(2820, 180)];
  const { verdict, difference } = compareReleases({ periods: [{ a: many, b: few }], weights });
  t.deepEqual(
    { verdict, difference: rounded(difference) },
    { verdict: 'worse', difference: { points: -3, interval: [-5.114139, -0.90711] } },
  );
});

const few: Record<string, Parameters<typeof compareReleases>[0]['periods'][number]> = {
  'the candidate has no feedback': { a: counts(500, 50), b: counts(0, 0) },
  'the release in service has no feedback': { a: counts(0, 0), b: counts(500, 50) },
  'one feedback of each, and they disagree': { a: counts(1, 0), b: counts(0, 1) },
  'ten of each, all right': { a: counts(10, 0), b: counts(10, 0) },
  'ten of each, all wrong': { a: counts(0, 10), b: counts(0, 10) },
  'one wrong of the candidate against many right': { a: counts(1000, 0), b: counts(0, 1) },
};

for (const [what, period] of Object.entries(few))
  test(`undecided, and every figure is a number: ${what}`, (t) => {
    const comparison = compareReleases({ periods: [period], weights, intents: { only: [period] } });
    const figures: unknown[] = [];
    JSON.stringify(comparison, (_, part) => (typeof part === 'number' ? figures.push(part) : part));
    t.true(figures.length > 15 && figures.every(Number.isFinite), JSON.stringify(comparison));
    t.deepEqual([comparison.verdict, comparison.intents[0]?.verdict], ['undecided', 'undecided']);
    const [low, high] = comparison.difference.interval;
    t.true(-100 <= low && low < 0 && 0 < high && high <= 100);
  });

test('all right against all wrong is found as soon as there are enough', (t) => {
  const { verdict, difference, needed } = compareReleases({
    periods: [{ a: counts(0, 500), b: counts(500, 0) }],
    weights: { a: 0, b: 100 },
  });
  t.deepEqual([verdict, rounded(difference), needed], ['better', { points: 100, interval: [97.003381, 100] }, null]);
});
