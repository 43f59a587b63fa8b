import type { FeedbackRecord } from '../common/feedback/record.ts';
import type { Counts, Pair, Period } from './feedback.ts';

type Judged = Pick<FeedbackRecord, 'predictedAt' | 'release' | 'predicted' | 'intent'>;

/** The feedback on two releases by the day of the prediction, in its order, and the same by predicted intent. */
export interface JudgedPeriods {
  periods: Period[];
  intents: Record<string, Period[]>;
}

/**
 * Groups feedback on the releases `a` and `b` by day; that on others is left out, and so is that of before `since`, when only one of
 * them served.
 */
export function periodsOf(records: readonly Judged[], releases: Pair<string>, since: string): JudgedPeriods {
  const compared = records.filter(
    ({ release, predictedAt }) => predictedAt >= since && (release === releases.a || release === releases.b),
  );
  const days = [...new Set(compared.map(dayOf))].sort();
  const byIntent = [...Map.groupBy(compared, ({ predicted }) => predicted)].sort();
  const periods = (some: readonly Judged[]) => {
    const byDay = Map.groupBy(some, dayOf);
    return days.map((day) => periodOf(byDay.get(day) ?? [], releases));
  };
  return {
    periods: periods(compared),
    intents: Object.fromEntries(byIntent.map(([intent, some]) => [intent, periods(some)])),
  };
}

function dayOf({ predictedAt }: Judged): string {
  return predictedAt.slice(0, 10);
}

function periodOf(records: readonly Judged[], { a, b }: Pair<string>): Period {
  const countsOf = (release: string): Counts => {
    const judged = records.filter((record) => record.release === release);
    const right = judged.filter(({ predicted, intent }) => predicted === intent).length;
    return { right, wrong: judged.length - right };
  };
  return { a: countsOf(a), b: countsOf(b) };
}
