import { type IntentScore, type Prediction, UNKNOWN } from '../classifier.ts';

/** What is needed to turn probabilities into an answer. */
interface Decision {
  /** The intents; where out-of-scope examples were trained on, their class comes after the last. */
  readonly labels: readonly string[];
  /** Below this the answer is unknown. */
  readonly threshold: number;
}

/** The index of the likeliest intent; the out-of-scope class, which is no intent, is left out. */
export function bestIntent(probabilities: Float64Array, labels: number): number {
  let best = 0;
  for (let at = 1; at < labels; at += 1) {
    if ((probabilities[at] as number) > (probabilities[best] as number)) best = at;
  }
  return best;
}

/** Whether the text is likelier out of scope than anything else, or nothing is likely enough. */
function isUnknown(probabilities: Float64Array, best: number, { labels, threshold }: Decision): boolean {
  const confidence = probabilities[best] as number;
  const outOfScope = probabilities[labels.length] ?? 0;
  return confidence < threshold || outOfScope > confidence;
}

/** The answer. */
export function decide(probabilities: Float64Array, decision: Decision, top: number): Prediction {
  const best = bestIntent(probabilities, decision.labels.length);
  const alternatives = likeliest(probabilities, decision.labels, best, top);
  return {
    intent: isUnknown(probabilities, best, decision) ? UNKNOWN : (decision.labels[best] as string),
    confidence: probabilities[best] as number,
    alternatives,
  };
}

function likeliest(probabilities: Float64Array, labels: readonly string[], best: number, top: number): IntentScore[] {
  const score = (at: number): IntentScore => ({
    intent: labels[at] as string,
    confidence: probabilities[at] as number,
  });
  if (top <= 1) return [score(best)];
  // A few of many: repeated selection is quicker than sorting all.
  const chosen = [best];
  while (chosen.length < Math.min(top, labels.length)) chosen.push(nextBest(probabilities, labels.length, chosen));
  return chosen.map(score);
}

function nextBest(probabilities: Float64Array, labels: number, chosen: readonly number[]): number {
  let best = -1;
  for (let at = 0; at < labels; at += 1) {
    const better = best < 0 || (probabilities[at] as number) > (probabilities[best] as number);
    if (better && !chosen.includes(at)) best = at;
  }
  return best;
}
