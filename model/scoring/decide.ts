import { type Prediction, unknownIntent } from '../prediction.ts';

/** The intents and the threshold that an answer is decided by. */
interface Decision {
  /** The intents; the class of out-of-scope texts, if there is one, comes after the last. */
  readonly labels: readonly string[];
  /** Below this confidence the answer is unknown. */
  readonly threshold: number;
}

/** Returns the answer to a text with these probabilities, one per class. */
export function decide(probabilities: Float64Array, decision: Decision, top: number): Prediction {
  const { labels } = decision;
  const chosen = likeliest(probabilities, labels.length, Math.max(1, top));
  const best = chosen[0] as number;
  return {
    intent: isUnknown(probabilities, best, decision) ? unknownIntent : (labels[best] as string),
    confidence: probabilities[best] as number,
    alternatives: chosen.map((at) => ({ intent: labels[at] as string, confidence: probabilities[at] as number })),
  };
}

function isUnknown(probabilities: Float64Array, best: number, { labels, threshold }: Decision): boolean {
  const confidence = probabilities[best] as number;
  const outOfScope = probabilities[labels.length] ?? 0;
  return confidence < threshold || outOfScope > confidence;
}

/**
 * Returns the indices of the `most` likeliest intents, best first; of equal ones the first comes first. The out-of-scope
 * class is no intent. One pass that keeps the best few in order is faster than sorting all of them.
 */
export function likeliest(probabilities: Float64Array, labels: number, most: number): number[] {
  const chosen: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < labels; at += 1) {
    if (chosen.length === most && (probabilities[at] as number) <= least) continue;
    insert(probabilities, chosen, at, most);
    least = probabilities[chosen[chosen.length - 1] as number] as number;
  }
  return chosen;
}

function insert(probabilities: Float64Array, chosen: number[], candidate: number, most: number): void {
  const probability = probabilities[candidate] as number;
  let place = Math.min(chosen.length, most - 1);
  for (; place > 0 && probability > (probabilities[chosen[place - 1] as number] as number); place -= 1) {
    chosen[place] = chosen[place - 1] as number;
  }
  chosen[place] = candidate;
}
