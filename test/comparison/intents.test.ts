import test from 'ava';
import { compareIntents } from '../../comparison/intents.ts';
import { createRandom } from '../../model/random.ts';

const counts = (right: number, wrong: number) => ({ right, wrong });
const period = (a: ReturnType<typeof counts>, b: ReturnType<typeof counts>) => [{ a, b }];
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(6)));

test('the intents on which the candidate is worse come first, those without feedback last', (t) => {
  const compared = compareIntents({
    cancel: period(counts(50, 5), counts(0, 0)),
    order: period(counts(44, 6), counts(45, 5)),
    refund: period(counts(450, 50), counts(380, 120)),
    track: period(counts(380, 120), counts(450, 50)),
  });
  t.deepEqual(
    compared.map(({ points, pValue, ...rest }) => ({ ...rest, points: rounded(points), pValue: rounded(pValue) })),
    [
      {
        ...{ intent: 'refund', points: -14, pValue: 0.000002, verdict: 'worse' },
        ...{ a: { feedbacks: 500, accuracy: 0.9 }, b: { feedbacks: 500, accuracy: 0.76 } },
      },
      {
        ...{ intent: 'order', points: 2, pValue: 1, verdict: 'undecided' },
        ...{ a: { feedbacks: 50, accuracy: 0.88 }, b: { feedbacks: 50, accuracy: 0.9 } },
      },
      {
        ...{ intent: 'track', points: 14, pValue: 0.000002, verdict: 'better' },
        ...{ a: { feedbacks: 500, accuracy: 0.76 }, b: { feedbacks: 500, accuracy: 0.9 } },
      },
      {
        ...{ intent: 'cancel', points: null, pValue: 1, verdict: 'undecided' },
        ...{ a: { feedbacks: 55, accuracy: 50 / 55 }, b: { feedbacks: 0, accuracy: null } },
      },
    ],
  );
  t.deepEqual(compareIntents({}), []);
});

test('a p-value is a number for any counts', (t) => {
  const extremes = [counts(0, 1), counts(1, 0), counts(0, 1e7), counts(1e7, 0)];
  const pairs = extremes.flatMap((a) => extremes.map((b) => compareIntents({ only: period(a, b) })[0]?.pValue ?? 0));
  t.true(
    pairs.every((pValue) => pValue > 0 && pValue <= 1),
    pairs.join(', '),
  );
});

// One experiment with feedback that is spread evenly over twenty intents; returns the intents with a verdict at any look.
function found(random: () => number, feedbacks: number, isRight: (intent: number, release: 'a' | 'b') => boolean) {
  const all = Array.from({ length: 20 }, () => ({ a: counts(0, 0), b: counts(0, 0) }));
  const verdicts = new Set<string>();
  for (let drawn = 1; drawn <= feedbacks; drawn += 1) {
    const intent = Math.floor(random() * 20);
    const release = random() < 0.5 ? 'a' : 'b';
    (all[intent] as (typeof all)[number])[release][isRight(intent, release) ? 'right' : 'wrong'] += 1;
    if (drawn % 500 > 0) continue;
    const compared = compareIntents(Object.fromEntries(all.map((both, index) => [String(index), [both]])));
    for (const { intent, verdict } of compared) if (verdict !== 'undecided') verdicts.add(`${intent} ${verdict}`);
  }
  return [...verdicts];
}

test('of 100 comparisons without a difference, at most 5 have a verdict on any of twenty intents at any look', (t) => {
  const verdicts = Array.from({ length: 100 }, (_, seed) => {
    const random = createRandom(seed);
    return found(random, 6000, () => random() < 0.9);
  });
  t.true(verdicts.filter((intents) => intents.length > 0).length <= 5);
});

test('the one of twenty intents that is 20 points worse is found, and no other', (t) => {
  const verdicts = Array.from({ length: 20 }, (_, seed) => {
    const random = createRandom(seed);
    return found(random, 10_000, (intent, release) => random() < (intent === 7 && release === 'b' ? 0.7 : 0.9)).join();
  });
  t.true(verdicts.filter((intents) => intents === '7 worse').length >= 16, verdicts.join('; '));
});
