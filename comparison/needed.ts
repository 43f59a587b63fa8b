import { probit } from 'simple-statistics';
import { errorOfAllLooks } from './difference.ts';
import { type Counts, feedbacksOf, type Pair } from './feedback.ts';
import { criticalValue } from './mixture.ts';
import { informationOf } from './same-periods.ts';

/** The probability with which as many feedbacks as needed lead to the verdict. */
export const power = 0.8;

/** Feedbacks that are still needed of each release. */
export interface Needed {
  /** Until a difference as large as the smallest that matters is found. */
  readonly toFind: Pair<number>;
  /** Until such a difference is ruled out, if there is none at all. */
  readonly toRuleOut: Pair<number>;
}

/** The information, 1 / variance of the difference as shares, from which on a verdict is reached with the chosen power. */
export interface NeededInformation {
  readonly toFind: number;
  readonly toRuleOut: number;
}

/**
 * The information for a smallest difference, a share. It counts the last look alone; looks before it can only add to the power.
 * To rule a difference out, the interval must end below it on both sides.
 */
export function neededInformation(smallestDifference: number): NeededInformation {
  const neededFor = (share: number) => neededSpread(probit(share)) / smallestDifference ** 2;
  return { toFind: neededFor(power), toRuleOut: neededFor((1 + power) / 2) };
}

// The difference must lie as many standard errors from the limit as the bound has, and `beyond` more. The bound depends on the
// information itself, but so little that ten rounds find the fixed point.
function neededSpread(beyond: number): number {
  let spread = 10;
  for (let round = 0; round < 10; round += 1) spread = (criticalValue(spread, errorOfAllLooks) + beyond) ** 2;
  return spread;
}

/** The feedbacks of each release that give an information, when they come in the proportion of the weights. */
export function feedbacksFor(information: number, variances: Pair<number>, weights: Pair<number>): Pair<number> {
  const times = information / informationOf(variances, weights);
  return { a: Math.ceil(times * weights.a), b: Math.ceil(times * weights.b) };
}

/**
 * The feedbacks that find the smallest difference that matters, in points, whether the candidate is better or worse by it. The release in
 * service has the accuracy given; the candidate is taken for the worse one, which needs more.
 */
export function plannedFeedbacks(accuracy: number, smallestDifference: number, weights: Pair<number>): Pair<number> {
  const difference = smallestDifference / 100;
  const lower = accuracy - difference;
  const variances = { a: accuracy * (1 - accuracy), b: lower * (1 - lower) };
  return feedbacksFor(neededInformation(difference).toFind, variances, weights);
}

/** What is needed beyond the information that is there; null while a release gets no traffic, and so no feedback. */
export function neededBeyond(
  present: number,
  counts: Pair<Counts>,
  smallestDifference: number,
  weights: Pair<number>,
): Needed | null {
  if (weights.a === 0 || weights.b === 0) return null;
  const variances = { a: expectedVariance(counts.a), b: expectedVariance(counts.b) };
  const { toFind, toRuleOut } = neededInformation(smallestDifference);
  const missing = (information: number) => feedbacksFor(Math.max(0, information - present), variances, weights);
  return { toFind: missing(toFind), toRuleOut: missing(toRuleOut) };
}

const priorAccuracy = 0.9;
const priorFeedbacks = 20;

// The variance of a feedback to come: as if 20 feedbacks at an accuracy of 90 % had been there before the first.
function expectedVariance(counts: Counts): number {
  const accuracy = (counts.right + priorAccuracy * priorFeedbacks) / (feedbacksOf(counts) + priorFeedbacks);
  return accuracy * (1 - accuracy);
}
