import pc from 'picocolors';
import { listed, mostListed } from '../../common/listed.ts';
import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { Comparison, ReleaseFeedback } from '../../comparison/compare.ts';
import type { Pair } from '../../comparison/feedback.ts';
import type { IntentComparison } from '../../comparison/intents.ts';

/** The comparison of two releases for people: the verdict and the next step, then the figures. `names` are those of the releases. */
export function comparisonText(comparison: Comparison, names: Pair<string>): string {
  const { a, b, intents } = comparison;
  const rows = [releaseRow(`${names.a}, in service`, a), releaseRow(`${names.b}, candidate`, b)];
  return [
    pc.bold(verdictLine(comparison)),
    terminalTable(['release', 'right', 'wrong', 'accuracy', '95 % interval'], rows),
    differenceLine(comparison),
    ...(intents.length === 0 ? [] : [intentLine(intents), intentTable(intents)]),
  ].join('\n');
}

function verdictLine(comparison: Comparison): string {
  const { verdict, difference, smallestDifference } = comparison;
  const [low, high] = difference.interval;
  if (verdict === 'better') return `The candidate is better, by ${rangeText(low, high)}: make promote`;
  if (verdict === 'worse') return `The candidate is worse, by ${rangeText(-high, -low)}: make abort`;
  const matters = pointsText(smallestDifference);
  if (verdict === 'no difference')
    return `The releases differ by less than ${matters}: make promote to keep the candidate, or make abort`;
  return `Undecided. ${nextLook(comparison, matters)}`;
}

function nextLook({ needed }: Comparison, matters: string): string {
  if (needed === null)
    return 'One of the releases gets no traffic, and so no feedback: give it a share, or make abort.';
  const { toFind, toRuleOut } = needed;
  if (toFind.b > 0)
    return `Look again after about ${feedbacksText(toFind)}, which would show a difference of ${matters}.`;
  if (toRuleOut.b > 0)
    return `No difference of ${matters} was found: look again after about ${feedbacksText(toRuleOut)}, which would rule it out.`;
  return `With as much feedback as planned, a difference of ${matters} would likely have been found: make promote or make abort for other reasons.`;
}

function feedbacksText({ a, b }: Pair<number>): string {
  return `${roundText(a)} more feedbacks of the release in service and ${roundText(b)} of the candidate`;
}

// An estimate is not more precise than two digits.
function roundText(count: number): string {
  return count.toLocaleString('en', { maximumSignificantDigits: 2 });
}

function releaseRow(name: string, { right, wrong, accuracy, interval }: ReleaseFeedback): string[] {
  const [low, high] = interval.map(formatPercent);
  return [name, String(right), String(wrong), shareText(accuracy), accuracy === null ? '–' : `${low} to ${high}`];
}

function differenceLine({ difference: { points, interval } }: Comparison): string {
  if (points === null) return 'Difference: unknown until both releases have feedback of the same time';
  const [low, high] = interval.map(signed);
  return `Difference: ${signed(points)} points; ${low} to ${high} with 95 % confidence, however often you look`;
}

function intentLine(intents: readonly IntentComparison[]): string {
  const worse = intents.filter(({ verdict }) => verdict === 'worse').map(({ intent }) => intent);
  if (worse.length === 0) return 'The candidate is not shown to be worse on any predicted intent.';
  return pc.red(`The candidate is worse when it predicts: ${listed(worse)}`);
}

function intentTable(intents: readonly IntentComparison[]): string {
  const title = intents.length > mostListed ? `the ${mostListed} worst intents` : 'predicted intent';
  const rows = intents
    .slice(0, mostListed)
    .map(({ intent, a, b, points, pValue, verdict }) => [
      intent,
      ...[a, b].map(({ feedbacks, accuracy }) =>
        accuracy === null ? '–' : `${formatPercent(accuracy)} of ${feedbacks}`,
      ),
      points === null ? '–' : signed(points),
      pValue < 0.001 ? 'below 0.001' : pValue.toFixed(3),
      verdict,
    ]);
  return terminalTable([title, 'in service', 'candidate', 'points', 'corrected p', 'verdict'], rows);
}

function shareText(share: number | null): string {
  return share === null ? '–' : formatPercent(share);
}

function rangeText(low: number, high: number): string {
  return `${low.toFixed(1)} to ${high.toFixed(1)} points`;
}

function pointsText(points: number): string {
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}

function signed(points: number): string {
  const size = Math.abs(points).toFixed(1);
  if (size === '0.0') return size;
  return `${points < 0 ? '−' : '+'}${size}`;
}
