import type { Example } from '../datasets/example.ts';
import type { Predict } from '../prediction.ts';

/** How much more often one model is right than another on the same texts, in shares of these texts. */
export interface PairedDifference {
  readonly texts: number;
  readonly difference: number;
  /** The 95 % interval. */
  readonly interval: readonly [low: number, high: number];
  /** The probability of a difference at least as large between two models that are equally good (McNemar's exact test). */
  readonly chance: number;
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
  let [gained, lost] = [0, 0];
  for (const example of examples) {
    const [first, second] = [isRight(one, example), isRight(other, example)];
    if (first && !second) gained += 1;
    if (second && !first) lost += 1;
  }
  const count = examples.length + 2;
  const difference = (gained - lost) / count;
  // Half a text added to each of the two.
  const error = Math.sqrt(gained + lost + 1 - (gained - lost) ** 2 / count) / count;
  return {
    texts: examples.length,
    difference: examples.length === 0 ? 0 : (gained - lost) / examples.length,
    interval: [difference - standardErrors * error, difference + standardErrors * error],
    chance: chanceOf(gained, lost),
  };
}

/**
 * The probability that of as many texts, which only one of the models has right, so few or fewer go to either, when each goes to one
 * of them by chance: twice the lower tail of a binomial distribution (McNemar, "Note on the sampling error of the difference between
 * correlated proportions or percentages", 1947, in its exact form).
 */
export function chanceOf(gained: number, lost: number): number {
  const texts = gained + lost;
  // In logarithms, because half to the power of a thousand texts is no number.
  let logarithm = texts * Math.log(0.5);
  let tail = Math.exp(logarithm);
  for (let fewer = 1; fewer <= Math.min(gained, lost); fewer += 1) {
    logarithm += Math.log((texts - fewer + 1) / fewer);
    tail += Math.exp(logarithm);
  }
  return Math.min(1, 2 * tail);
}
