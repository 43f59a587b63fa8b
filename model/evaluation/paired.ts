import type { Example } from '../datasets/example.ts';
import type { Predict } from '../prediction.ts';

/** How much more often one model is right than another on the same texts, in shares of these texts. */
export interface PairedDifference {
  readonly texts: number;
  readonly difference: number;
  /** The 95 % interval. */
  readonly interval: readonly [low: number, high: number];
}

const standardErrors = 1.96;

/**
 * Compares two models on the same in-scope texts, above the threshold or below. The interval is that of paired shares with half a
 * text added to each of the four cells (Agresti and Min, "Simple improved confidence intervals for comparing matched
 * proportions", 2005), so that it is sensible for few texts, too.
 */
export function pairedDifference(one: Predict, other: Predict, examples: readonly Example[]): PairedDifference {
  const isRight = (predict: Predict, { text, intent }: Example): boolean =>
    predict(text, { top: 1 }).alternatives[0]?.intent === intent;
  let [gained, lost] = [0.5, 0.5];
  for (const example of examples) {
    const [first, second] = [isRight(one, example), isRight(other, example)];
    if (first && !second) gained += 1;
    if (second && !first) lost += 1;
  }
  const count = examples.length + 2;
  const difference = (gained - lost) / count;
  const error = Math.sqrt(gained + lost - (gained - lost) ** 2 / count) / count;
  return {
    texts: examples.length,
    difference: examples.length === 0 ? 0 : (gained - lost) / examples.length,
    interval: [difference - standardErrors * error, difference + standardErrors * error],
  };
}
