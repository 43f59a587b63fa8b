import { compareReleases } from '../../comparison/compare.ts';
import type { Pair } from '../../comparison/feedback.ts';
import type { Verdict } from '../../comparison/verdict.ts';

/** Days of an experiment: how many feedbacks, the candidate's share of them, and the true accuracies. */
export interface Day {
  readonly feedbacks: number;
  readonly shareOfB: number;
  readonly accuracies: Pair<number>;
}

/** What the looks at one experiment saw together. */
export interface Seen {
  readonly verdicts: ReadonlySet<Verdict>;
  readonly covered: boolean;
}

type Countable = Pair<{ right: number; wrong: number }>;

/** Draws the feedback of an experiment, with a look after each `every` feedbacks. All days have the same difference. */
export function experiment(days: readonly Day[], every: number, random: () => number, smallestDifference = 3): Seen {
  const periods: Countable[] = [];
  const verdicts = new Set<Verdict>();
  let [covered, drawn] = [true, 0];
  for (const day of days) {
    const period = { a: { right: 0, wrong: 0 }, b: { right: 0, wrong: 0 } };
    periods.push(period);
    for (let left = day.feedbacks; left > 0; left -= 1) {
      draw(day, period, random);
      drawn += 1;
      if (drawn % every > 0) continue;
      const weights = { a: 1 - day.shareOfB, b: day.shareOfB };
      const { verdict, difference } = compareReleases({ periods, weights, smallestDifference });
      const truth = 100 * (day.accuracies.b - day.accuracies.a);
      covered &&= difference.interval[0] <= truth && truth <= difference.interval[1];
      verdicts.add(verdict);
    }
  }
  return { verdicts, covered };
}

function draw({ shareOfB, accuracies }: Day, period: Countable, random: () => number): void {
  const release = random() < shareOfB ? 'b' : 'a';
  period[release][random() < accuracies[release] ? 'right' : 'wrong'] += 1;
}

/** In how many experiments of many a verdict was seen at any look, and in how many all looks covered the truth. */
export function summarise(experiments: readonly Seen[]): Record<Verdict | 'covered', number> {
  const seen = (verdict: Verdict) => experiments.filter(({ verdicts }) => verdicts.has(verdict)).length;
  return {
    better: seen('better'),
    worse: seen('worse'),
    'no difference': seen('no difference'),
    undecided: seen('undecided'),
    covered: experiments.filter(({ covered }) => covered).length,
  };
}
