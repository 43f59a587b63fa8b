import { formatPercent } from '../../common/percent.ts';
import { terminalTable } from '../../common/tables.ts';
import type { ServedFigures } from '../../deployments/served-figures.ts';

/** What two releases have served, for people. `names` are those of the releases. */
export function servedText(served: Record<'a' | 'b', ServedFigures>, names: Record<'a' | 'b', string>): string {
  const head = ['release', 'predictions', 'median time', 'p99', 'mean confidence', 'unknown'];
  return terminalTable(head, [rowOf(names.a, served.a), rowOf(names.b, served.b)]);
}

/** Says why there are no such figures. */
export function noServedText(why: string): string {
  return `Times and confidence are not known: ${why}.`;
}

function rowOf(name: string, { predictions, medianSeconds, p99Seconds, meanConfidence, unknown }: ServedFigures) {
  return [
    ...[name, predictions.toLocaleString('en'), timeText(medianSeconds), timeText(p99Seconds)],
    ...[meanConfidence === null ? '–' : meanConfidence.toFixed(3), unknown === null ? '–' : formatPercent(unknown)],
  ];
}

/** A time in milliseconds; a dash where there is none. */
export function timeText(seconds: number | null): string {
  return seconds === null ? '–' : `${(1000 * seconds).toFixed(seconds < 0.001 ? 3 : 1)} ms`;
}
