import type { Threshold } from '../scoring/model.ts';

/** The answer to a held-out text: the confidence of its best intent, and whether that is right. */
export interface Answer {
  readonly confidence: number;
  /** The best intent is the true one; false for an out-of-scope text. */
  readonly right: boolean;
  readonly outOfScope: boolean;
  /** Unknown at any threshold, because the out-of-scope class is the likeliest. */
  readonly refused: boolean;
}

// The share of right answers that the threshold may cost where there are no out-of-scope examples to choose it by.
const shareOfRight = 0.01;

// Without them, an answer that is more likely right than wrong is given.
const highestWithoutExamples = 0.5;

/**
 * Chooses the confidence below which the answer is unknown. `outOfScopeShare` is the share of the traffic that is expected
 * to be out of scope; the out-of-scope examples are weighted to make up that share, whatever their number.
 */
export function chooseThreshold(answers: readonly Answer[], outOfScopeShare: number): Threshold {
  if (!answers.some((answer) => answer.outOfScope)) {
    return {
      value: quantileOfRight(answers),
      rule: 'turns 1 % of the right answers on held-out texts unknown, at most those below 0.5: no out-of-scope examples were given',
    };
  }
  const percent = Math.round(100 * outOfScopeShare);
  return {
    value: mostRight(answers, outOfScopeShare),
    rule: `most right answers on held-out texts if ${percent} % of all were out of scope, where unknown is right`,
  };
}

// Raises the threshold past one answer after the other: each turns unknown, which costs a right answer or gains one.
function mostRight(answers: readonly Answer[], outOfScopeShare: number): number {
  const outOfScope = answers.filter((answer) => answer.outOfScope).length;
  const gainOfUnknown = outOfScopeShare / outOfScope;
  const costOfUnknown = (1 - outOfScopeShare) / Math.max(1, answers.length - outOfScope);
  const kept = answers.filter((answer) => !answer.refused).sort((left, right) => left.confidence - right.confidence);
  let gain = 0;
  let best = { gain: 0, value: 0 };
  kept.forEach((answer, at) => {
    gain += answer.outOfScope ? gainOfUnknown : answer.right ? -costOfUnknown : 0;
    // Of equal gains the highest threshold: it turns wrong answers unknown at no cost.
    if (gain >= best.gain) best = { gain, value: (answer.confidence + (kept[at + 1]?.confidence ?? 1)) / 2 };
  });
  return best.value;
}

function quantileOfRight(answers: readonly Answer[]): number {
  const right = answers.filter((answer) => answer.right).map((answer) => answer.confidence);
  right.sort((left, other) => left - other);
  return Math.min(right[Math.floor(right.length * shareOfRight)] ?? 0, highestWithoutExamples);
}
