import test from 'ava';
import { periodsOf } from '../../comparison/from-records.ts';

const releases = { a: 'aaaa', b: 'bbbb' };

function judged(day: string, release: string, predicted: string, intent: string) {
  return { predictedAt: `2026-05-${day}T10:00:00.000Z`, release, predicted, intent };
}

const none = { right: 0, wrong: 0 };

test('feedback is grouped by the day of the prediction, the release and the predicted intent', (t) => {
  const records = [
    judged('02', 'bbbb', 'praise', 'praise'),
    judged('01', 'aaaa', 'praise', 'question'),
    judged('01', 'aaaa', 'question', 'question'),
    judged('02', 'bbbb', 'praise', 'complaint'),
    judged('02', 'cccc', 'praise', 'praise'),
  ];
  t.deepEqual(periodsOf(records, releases, '2026-05-01'), {
    periods: [
      { a: { right: 1, wrong: 1 }, b: none },
      { a: none, b: { right: 1, wrong: 1 } },
    ],
    intents: {
      praise: [
        { a: { right: 0, wrong: 1 }, b: none },
        { a: none, b: { right: 1, wrong: 1 } },
      ],
      question: [
        { a: { right: 1, wrong: 0 }, b: none },
        { a: none, b: none },
      ],
    },
  });
});

test('what was predicted before both served does not count', (t) => {
  const records = [judged('01', 'aaaa', 'praise', 'praise'), judged('03', 'aaaa', 'praise', 'praise')];
  t.deepEqual(periodsOf(records, releases, '2026-05-02T12:00:00.000Z').periods, [
    { a: { right: 1, wrong: 0 }, b: none },
  ]);
});

test('without feedback there are no periods', (t) => {
  t.deepEqual(periodsOf([], releases, ''), { periods: [], intents: {} });
});
