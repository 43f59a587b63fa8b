import { wilson } from '../common/wilson.ts';
import { intervalOfAllLooks } from './difference.ts';
import { accuracyOf, type Counts, feedbacksOf, type Pair, type Period, totals } from './feedback.ts';
import { compareIntents, type IntentComparison } from './intents.ts';
import { type Needed, neededBeyond } from './needed.ts';
import { onSamePeriods } from './same-periods.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface ComparisonInput {
  /** The feedback while both releases served: one period, or one for each day, so that days are compared with themselves. */
  readonly periods: readonly Period[];
  /** The shares of the traffic, in any unit: the feedback to come is expected in this proportion. */
  readonly weights: Pair<number>;
  /** The smallest difference that matters, in points; chosen before the first look. */
  readonly smallestDifference?: number;
  /** The same periods by predicted intent. */
  readonly intents?: Readonly<Record<string, readonly Period[]>>;
}

/** Two releases, compared by feedback. */
export interface Comparison extends Pair<ReleaseFeedback> {
  readonly verdict: Verdict;
  readonly difference: PointDifference;
  /** In points. */
  readonly smallestDifference: number;
  /** Null while a release gets no traffic. */
  readonly needed: Needed | null;
  /** Those on which the candidate is worse come first. */
  readonly intents: readonly IntentComparison[];
}

export interface ReleaseFeedback extends Counts {
  /** A share; null without feedback. */
  readonly accuracy: number | null;
  /** Wilson's interval of the accuracy at 95 %, for one look. */
  readonly interval: readonly [low: number, high: number];
}

/** The accuracy of the candidate minus that of the release in service, in points (hundredths). */
export interface PointDifference {
  /** Null until both have feedback of one period. */
  readonly points: number | null;
  /** Covers the truth at all looks together in 95 % of the comparisons. */
  readonly interval: readonly [low: number, high: number];
}

const defaultSmallestDifference = 3;

/** Compares the candidate `b` with the release in service `a`; may be called as often as feedback arrives. */
export function compareReleases(input: ComparisonInput): Comparison {
  const { periods, weights, smallestDifference = defaultSmallestDifference, intents = {} } = input;
  const [all, same, scale] = [totals(periods), onSamePeriods(periods), smallestDifference / 100];
  const [low, high]: [number, number] = same ? intervalOfAllLooks(same, scale) : [-1, 1];
  return {
    a: releaseFeedback(all.a),
    b: releaseFeedback(all.b),
    verdict: verdictOf([low, high], scale),
    difference: { points: same ? 100 * (same.b.accuracy - same.a.accuracy) : null, interval: [100 * low, 100 * high] },
    smallestDifference,
    needed: neededBeyond(same?.information ?? 0, all, scale, weights),
    intents: compareIntents(intents),
  };
}

function releaseFeedback(counts: Counts): ReleaseFeedback {
  return { ...counts, accuracy: accuracyOf(counts), interval: wilson(counts.right, feedbacksOf(counts)) };
}
