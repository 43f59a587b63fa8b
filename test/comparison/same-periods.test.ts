import test from 'ava';
import { onSamePeriods } from '../../comparison/same-periods.ts';

const counts = (right: number, wrong: number) => ({ right, wrong });

test('with one period, the accuracies are those of the feedback', (t) => {
  const same = onSamePeriods([{ a: counts(90, 10), b: counts(45, 5) }]);
  const variance = (91 * 11) / 102 ** 2 / 100 + (46 * 6) / 52 ** 2 / 50;
  t.deepEqual(
    [same?.a, same?.b],
    [
      { accuracy: 0.9, feedbacks: 100 },
      { accuracy: 0.9, feedbacks: 50 },
    ],
  );
  t.is(same?.information.toFixed(9), (1 / variance).toFixed(9));
});

test('a day of hard messages does not speak against the release that answered more of them', (t) => {
  // Each day, both are right equally often: 90 % and 50 %. Of all feedback, 83 % and 57 %.
  const periods = [
    { a: counts(450, 50), b: counts(90, 10) },
    { a: counts(50, 50), b: counts(250, 250) },
  ];
  const same = onSamePeriods(periods);
  t.is(same?.a.accuracy.toFixed(9), same?.b.accuracy.toFixed(9));
});

test('only periods in which both have feedback count', (t) => {
  const both = { a: counts(9, 1), b: counts(8, 2) };
  const same = onSamePeriods([both, { a: counts(0, 500), b: counts(0, 0) }]);
  t.deepEqual(
    [same?.a, same?.b],
    [
      { accuracy: 0.9, feedbacks: 10 },
      { accuracy: 0.8, feedbacks: 10 },
    ],
  );
  t.is(
    onSamePeriods([
      { a: counts(1, 1), b: counts(0, 0) },
      { a: counts(0, 0), b: counts(1, 1) },
    ]),
    undefined,
  );
});
