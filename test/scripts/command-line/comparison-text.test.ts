import test from 'ava';
import { type ComparisonInput, compareReleases } from '../../../comparison/compare.ts';
import { comparisonText } from '../../../scripts/command-line/comparison-text.ts';

const counts = (right: number, wrong: number) => ({ right, wrong });
const weights = { a: 50, b: 50 };

function textOf(input: ComparisonInput): string {
  return comparisonText(compareReleases(input), { a: 'r-1', b: 'r-2' });
}

function firstLine(a: [number, number], b: [number, number], others: Partial<ComparisonInput> = {}) {
  return textOf({ periods: [{ a: counts(...a), b: counts(...b) }], weights, ...others }).split('\n')[0];
}

test('the verdict comes first, then the figures, and the intents on which the candidate is worse', (t) => {
  const text = textOf({
    periods: [{ a: counts(2730, 270), b: counts(2820, 180) }],
    weights,
    intents: {
      cancel: [{ a: counts(50, 5), b: counts(0, 0) }],
      order: [{ a: counts(44, 6), b: counts(43, 7) }],
      refund: [{ a: counts(450, 50), b: counts(380, 120) }],
    },
  });
  t.is(
    text,
    `\
The candidate is better, by 0.9 to 5.1 points: make promote
┌─────────────────┬───────┬───────┬──────────┬──────────────────┐
│ release         │ right │ wrong │ accuracy │ 95 % interval    │
├─────────────────┼───────┼───────┼──────────┼──────────────────┤
│ r-1, in service │ 2730  │ 270   │ 91.0 %   │ 89.9 % to 92.0 % │
├─────────────────┼───────┼───────┼──────────┼──────────────────┤
│ r-2, candidate  │ 2820  │ 180   │ 94.0 %   │ 93.1 % to 94.8 % │
└─────────────────┴───────┴───────┴──────────┴──────────────────┘
Difference: +3.0 points; +0.9 to +5.1 with 95 % confidence, however often you look
The candidate is worse when it predicts: refund
┌──────────────────┬───────────────┬───────────────┬────────┬─────────────┬───────────┐
│ predicted intent │ in service    │ candidate     │ points │ corrected p │ verdict   │
├──────────────────┼───────────────┼───────────────┼────────┼─────────────┼───────────┤
│ refund           │ 90.0 % of 500 │ 76.0 % of 500 │ −14.0  │ below 0.001 │ worse     │
├──────────────────┼───────────────┼───────────────┼────────┼─────────────┼───────────┤
│ order            │ 88.0 % of 50  │ 86.0 % of 50  │ −2.0   │ 1.000       │ undecided │
├──────────────────┼───────────────┼───────────────┼────────┼─────────────┼───────────┤
│ cancel           │ 90.9 % of 55  │ –             │ –      │ 1.000       │ undecided │
└──────────────────┴───────────────┴───────────────┴────────┴─────────────┴───────────┘`,
  );
});

test('without feedback, it says how much is needed', (t) => {
  t.is(
    textOf({ periods: [], weights: { a: 90, b: 10 } }),
    `\
Undecided. Look again after about 15,000 more feedbacks of the release in service and 1,700 of the candidate, which would show a difference of 3 points.
┌─────────────────┬───────┬───────┬──────────┬───────────────┐
│ release         │ right │ wrong │ accuracy │ 95 % interval │
├─────────────────┼───────┼───────┼──────────┼───────────────┤
│ r-1, in service │ 0     │ 0     │ –        │ –             │
├─────────────────┼───────┼───────┼──────────┼───────────────┤
│ r-2, candidate  │ 0     │ 0     │ –        │ –             │
└─────────────────┴───────┴───────┴──────────┴───────────────┘
Difference: unknown until both releases have feedback of the same time`,
  );
});

test('each verdict says the next step', (t) => {
  t.deepEqual(
    [
      firstLine([2730, 270], [2820, 180]),
      firstLine([2820, 180], [2730, 270]),
      firstLine([9200, 800], [9200, 800]),
      firstLine([91, 9], [94, 6]),
      firstLine([2730, 270], [2700, 300]),
      firstLine([4500, 500], [4405, 595]),
      firstLine([91, 9], [94, 6], { weights: { a: 100, b: 0 } }),
      firstLine([91, 9], [94, 6], { smallestDifference: 1 }),
    ],
    [
      'The candidate is better, by 0.9 to 5.1 points: make promote',
      'The candidate is worse, by 0.9 to 5.1 points: make abort',
      'The releases differ by less than 3 points: make promote to keep the candidate, or make abort',
      'Undecided. Look again after about 2,400 more feedbacks of the release in service and 2,400 of the candidate, which would show a difference of 3 points.',
      'Undecided. No difference of 3 points was found: look again after about 630 more feedbacks of the release in service and 630 of the candidate, which would rule it out.',
      'Undecided. With as much feedback as planned, a difference of 3 points would likely have been found: make promote or make abort for other reasons.',
      'Undecided. One of the releases gets no traffic, and so no feedback: give it a share, or make abort.',
      'Undecided. Look again after about 22,000 more feedbacks of the release in service and 22,000 of the candidate, which would show a difference of 1 point.',
    ],
  );
});

test('of many intents, the worst dozen is shown', (t) => {
  const names = Array.from({ length: 14 }, (_, index) => `intent ${String(index).padStart(2, '0')}`);
  const intents = Object.fromEntries(names.map((name, index) => [name, [{ a: counts(9, 1), b: counts(index, 14) }]]));
  const lines = textOf({ periods: [], weights, intents }).split('\n');
  t.deepEqual(
    names.filter((name) => lines.some((line) => line.includes(name))),
    names.slice(0, 12),
  );
  t.true(lines.some((line) => line.startsWith('│ the 12 worst intents')));
  t.true(lines.includes('The candidate is not shown to be worse on any predicted intent.'));
});
