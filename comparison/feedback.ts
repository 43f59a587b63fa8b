import { sum } from 'simple-statistics';

/** What belongs to each of two releases: `a` is in service, `b` is the candidate. */
export interface Pair<Value> {
  readonly a: Value;
  readonly b: Value;
}

/** How many predictions of a release users called right, and how many wrong. */
export interface Counts {
  readonly right: number;
  readonly wrong: number;
}

/** The feedback of a time in which both releases served: a day, or all of it. */
export type Period = Pair<Counts>;

export function feedbacksOf({ right, wrong }: Counts): number {
  return right + wrong;
}

/** The share of the feedbacks that say right; null without any. */
export function accuracyOf(counts: Counts): number | null {
  const feedbacks = feedbacksOf(counts);
  return feedbacks === 0 ? null : counts.right / feedbacks;
}

/** The sums over all periods. */
export function totals(periods: readonly Period[]): Pair<Counts> {
  const total = (release: 'a' | 'b') => ({
    right: sum(periods.map((period) => period[release].right)),
    wrong: sum(periods.map((period) => period[release].wrong)),
  });
  return { a: total('a'), b: total('b') };
}

/**
 * The variance of one feedback (1 for right, 0 for wrong), with one of each added (Laplace): a release whose few feedbacks all agree
 * is not taken for certain.
 */
export function varianceOf({ right, wrong }: Counts): number {
  const accuracy = (right + 1) / (right + wrong + 2);
  return accuracy * (1 - accuracy);
}
