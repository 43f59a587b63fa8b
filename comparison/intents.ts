import { errorOfAllLooks, pValueOf } from './difference.ts';
import { accuracyOf, feedbacksOf, type Pair, type Period, totals } from './feedback.ts';
import { holm } from './holm.ts';
import { onSamePeriods, type SamePeriods } from './same-periods.ts';
import type { Verdict } from './verdict.ts';

/** How often each release was right when it predicted one intent. */
export interface IntentComparison extends Pair<IntentFeedback> {
  readonly intent: string;
  /** The accuracy of `b` minus that of `a` in points; null until both have feedback of one period. */
  readonly points: number | null;
  /** Corrected for the looks and for the number of intents. */
  readonly pValue: number;
  readonly verdict: Exclude<Verdict, 'no difference'>;
}

export interface IntentFeedback {
  readonly feedbacks: number;
  readonly accuracy: number | null;
}

// Feedback of one intent is too little for small differences; the gate of a release calls a tenth a large drop, too.
const scale = 0.1;

/** Compares two releases by predicted intent: those on which the candidate is worse first, then by the difference. */
export function compareIntents(intents: Readonly<Record<string, readonly Period[]>>): IntentComparison[] {
  const measured = Object.entries(intents).map(([intent, periods]) => ({
    intent,
    all: totals(periods),
    same: onSamePeriods(periods),
  }));
  const pValues = holm(measured.map(({ same }) => (same ? pValueOf(same, scale) : 1)));
  return measured
    .map((one, index) => comparisonOf(one, pValues[index] as number))
    .sort((left, right) => order(left) - order(right) || (left.points ?? 0) - (right.points ?? 0));
}

interface Measured {
  readonly intent: string;
  readonly all: Period;
  readonly same: SamePeriods | undefined;
}

function comparisonOf({ intent, all: { a, b }, same }: Measured, pValue: number): IntentComparison {
  const difference = same ? same.b.accuracy - same.a.accuracy : 0;
  const found = difference < 0 ? 'worse' : 'better';
  return {
    intent,
    a: { feedbacks: feedbacksOf(a), accuracy: accuracyOf(a) },
    b: { feedbacks: feedbacksOf(b), accuracy: accuracyOf(b) },
    points: same ? 100 * difference : null,
    pValue,
    verdict: pValue < errorOfAllLooks ? found : 'undecided',
  };
}

function order({ verdict, points }: IntentComparison): number {
  if (verdict === 'worse') return 0;
  return points === null ? 2 : 1;
}
