import test from 'ava';
import { progressLine } from '../../classification/progress.ts';

test('a line tells how far, how fast, and how long still', (t) => {
  const counts = { answered: 250_000, unknown: 10, bad: 0 };
  t.is(
    progressLine({ counts, share: 0.25, seconds: 2, answeredSince: 250_000, shareSince: 0.25 }),
    '250,000 texts · 25 % · 125,000 a second · 6 s left',
  );
  t.is(
    progressLine({ counts, share: 0.5, seconds: 10, answeredSince: 50_000, shareSince: 0.05 }),
    '250,000 texts · 50 % · 5,000 a second · 1 min 40 s left',
  );
});

test('without a known size it tells no share; bad lines are counted', (t) => {
  const counts = { answered: 9, unknown: 0, bad: 2 };
  t.is(
    progressLine({ counts, share: undefined, seconds: 3, answeredSince: 9, shareSince: undefined }),
    '9 texts · 3 a second · 2 bad lines',
  );
});
