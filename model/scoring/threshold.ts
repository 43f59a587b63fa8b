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

/** Chooses the confidence below which the answer is unknown. */
export function chooseThreshold(answers: readonly Answer[]): Threshold {
  if (answers.some((answer) => answer.outOfScope)) {
    return {
      value: mostRight(answers),
      rule: 'most right answers on held-out texts, where unknown is right out of scope',
    };
  }
  return {
    value: lowestOfRight(answers),
    rule: 'turns 1 % of the right answers on held-out texts unknown: no out-of-scope examples were given',
  };
}

// Walks up the confidences: each kept answer that falls below the line loses a right one or gains a right unknown.
function mostRight(answers: readonly Answer[]): number {
  const kept = answers.filter((answer) => !answer.refused).sort((left, right) => left.confidence - right.confidence);
  let gain = 0;
  let best = { gain: 0, value: 0 };
  kept.forEach((answer, at) => {
    gain += answer.outOfScope ? 1 : answer.right ? -1 : 0;
    if (gain > best.gain) best = { gain, value: between(answer.confidence, kept[at + 1]?.confidence ?? 1) };
  });
  return best.value;
}

const between = (low: number, high: number): number => (low + high) / 2;

function lowestOfRight(answers: readonly Answer[]): number {
  const right = answers.filter((answer) => answer.right).map((answer) => answer.confidence);
  right.sort((left, other) => left - other);
  return right[Math.floor(right.length * SHARE_OF_RIGHT)] ?? 0;
}
