/** A held-out answer: how sure it was of its best intent, and whether that was right. */
export interface Answer {
  readonly confidence: number;
  /** The best intent is the true one; false for every out-of-scope text. */
  readonly right: boolean;
  readonly outOfScope: boolean;
  /** Unknown at any threshold, since the out-of-scope class is the likeliest. */
  readonly refused: boolean;
}

export interface Threshold {
  readonly value: number;
  /** How it was chosen, in a sentence. */
  readonly rule: string;
}

/** The share of right answers that may turn unknown where no out-of-scope examples say where to draw the line. */
const SHARE_OF_RIGHT = 0.01;

/**
 * Chooses the confidence below which the answer is unknown. `outOfScopeShare` is how much of the traffic is expected to be
 * out of scope: the examples of it are weighed to make up that share, however many were given.
 */
export function chooseThreshold(answers: readonly Answer[], outOfScopeShare: number): Threshold {
  if (!answers.some((answer) => answer.outOfScope)) {
    return {
      value: lowestOfRight(answers),
      rule: 'turns 1 % of the right answers on held-out texts unknown: no out-of-scope examples were given',
    };
  }
  const percent = Math.round(100 * outOfScopeShare);
  return {
    value: mostRight(answers, outOfScopeShare),
    rule: `most right answers on held-out texts if ${percent} % of all were out of scope, where unknown is right`,
  };
}

// Walks up the confidences: each kept answer that falls below the line loses a right one or gains a right unknown.
function mostRight(answers: readonly Answer[], outOfScopeShare: number): number {
  const outOfScope = answers.filter((answer) => answer.outOfScope).length;
  const worth = outOfScopeShare / outOfScope;
  const cost = (1 - outOfScopeShare) / Math.max(1, answers.length - outOfScope);
  const kept = answers.filter((answer) => !answer.refused).sort((left, right) => left.confidence - right.confidence);
  let gain = 0;
  let best = { gain: 0, value: 0 };
  kept.forEach((answer, at) => {
    gain += answer.outOfScope ? worth : answer.right ? -cost : 0;
    // Of equal ones the highest: it turns wrong answers unknown for nothing.
    if (gain >= best.gain) best = { gain, value: between(answer.confidence, kept[at + 1]?.confidence ?? 1) };
  });
  return best.value;
}

const between = (low: number, high: number): number => (low + high) / 2;

function lowestOfRight(answers: readonly Answer[]): number {
  const right = answers.filter((answer) => answer.right).map((answer) => answer.confidence);
  right.sort((left, other) => left - other);
  return right[Math.floor(right.length * SHARE_OF_RIGHT)] ?? 0;
}
