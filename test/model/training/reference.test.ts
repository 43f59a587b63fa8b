import test from 'ava';
import type { HeldOut } from '../../../model/training/held-out.ts';
import { referenceOf } from '../../../model/training/reference.ts';

// Softmax of the logarithms gives these probabilities.
function scored(probabilities: number[], known = true): HeldOut {
  return { perMember: [Float64Array.from(probabilities, Math.log)], target: 0, known };
}

test('counts what the service would answer: below the threshold, out of scope or without a known feature it is unknown', (t) => {
  const heldOut = [
    scored([0.75, 0.15, 0.1]),
    scored([0.9, 0.06, 0.04]),
    scored([0.2, 0.75, 0.05]),
    // Below the threshold.
    scored([0.45, 0.3, 0.25]),
    // The out-of-scope class is the likeliest.
    scored([0.02, 0.03, 0.95]),
    scored([0.75, 0.15, 0.1], false),
  ];
  const calibration = { members: [1], mixture: 1 };
  const threshold = { value: 0.5, rule: '' };
  t.deepEqual(referenceOf(heldOut, { labels: ['one', 'two'], calibration, threshold }), {
    texts: 6,
    intents: [
      { intent: 'one', texts: 2 },
      { intent: 'two', texts: 1 },
      { intent: 'unknown', texts: 3 },
    ],
    confidences: [
      { upTo: 0.1, texts: 1 },
      { upTo: 0.2, texts: 1 },
      { upTo: 0.3, texts: 1 },
      { upTo: 0.4, texts: 1 },
      { upTo: 0.5, texts: 2 },
      { upTo: 0.6, texts: 2 },
      { upTo: 0.7, texts: 2 },
      { upTo: 0.8, texts: 5 },
      { upTo: 0.9, texts: 6 },
      { upTo: 0.95, texts: 6 },
      { upTo: 0.99, texts: 6 },
      { upTo: 1, texts: 6 },
    ],
  });
});
