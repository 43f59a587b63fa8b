import { sum } from 'simple-statistics';
import { type Counts, feedbacksOf, type Pair, type Period, totals, varianceOf } from './feedback.ts';

/** An accuracy, and how many feedbacks of a single period would measure it as precisely. */
export interface Standardised {
  readonly accuracy: number;
  readonly feedbacks: number;
}

/** Two releases, measured with the same weights of periods. */
export interface SamePeriods extends Pair<Standardised> {
  /** 1 / variance of the difference of the two accuracies, which are shares. */
  readonly information: number;
}

/**
 * Weights each period in which both releases have feedback by the information that it gives about their difference, and measures both
 * with these weights: a day of easy messages does not favour the release whose share of the traffic grew on it. With a single period,
 * the accuracies are those of the feedback. Undefined without a period that both share.
 */
export function onSamePeriods(periods: readonly Period[]): SamePeriods | undefined {
  const shared = periods.filter(({ a, b }) => feedbacksOf(a) > 0 && feedbacksOf(b) > 0);
  if (shared.length === 0) return undefined;
  const all = totals(periods);
  // The variances of all periods together: those of a day with few feedbacks say little.
  const variances = { a: varianceOf(all.a), b: varianceOf(all.b) };
  const weights = shared.map((period) =>
    informationOf(variances, { a: feedbacksOf(period.a), b: feedbacksOf(period.b) }),
  );
  const standardise = (release: 'a' | 'b') =>
    standardised(
      shared.map((period) => period[release]),
      weights,
    );
  return { a: standardise('a'), b: standardise('b'), information: sum(weights) };
}

/** The information that independent feedbacks give about the difference of two accuracies. */
export function informationOf(variances: Pair<number>, feedbacks: Pair<number>): number {
  return 1 / (variances.a / feedbacks.a + variances.b / feedbacks.b);
}

function standardised(periods: readonly Counts[], weights: readonly number[]): Standardised {
  const whole = sum([...weights]);
  const shares = weights.map((weight) => weight / whole);
  const weighted = (measure: (counts: Counts, share: number) => number) =>
    sum(periods.map((counts, index) => measure(counts, shares[index] as number)));
  return {
    accuracy: weighted((counts, share) => (share * counts.right) / feedbacksOf(counts)),
    feedbacks: 1 / weighted((counts, share) => (share * share) / feedbacksOf(counts)),
  };
}
