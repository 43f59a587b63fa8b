import { type Prediction, UNKNOWN } from '../classifier.ts';

/** What is needed to turn probabilities into an answer. */
interface Decision {
  /** The intents; where out-of-scope examples were trained on, their class comes after the last. */
  readonly labels: readonly string[];
  /** Below this the answer is unknown. */
  readonly threshold: number;
}

/** Whether the text is likelier out of scope than anything else, or nothing is likely enough. */
function isUnknown(probabilities: Float64Array, best: number, { labels, threshold }: Decision): boolean {
  const confidence = probabilities[best] as number;
  const outOfScope = probabilities[labels.length] ?? 0;
  return confidence < threshold || outOfScope > confidence;
}

/** The answer. */
export function decide(probabilities: Float64Array, decision: Decision, top: number): Prediction {
  const { labels } = decision;
  const chosen = likeliest(probabilities, labels.length, Math.max(1, top));
  const best = chosen[0] as number;
  return {
    intent: isUnknown(probabilities, best, decision) ? UNKNOWN : (labels[best] as string),
    confidence: probabilities[best] as number,
    alternatives: chosen.map((at) => ({ intent: labels[at] as string, confidence: probabilities[at] as number })),
  };
}

/**
 * The indices of the likeliest intents, at most so many, best first; of equals the first comes first, and the out-of-scope
 * class, which is no intent, is left out. One pass that keeps the best few in their order is quicker than sorting all.
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
