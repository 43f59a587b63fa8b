import type { PairedDifference } from './paired.ts';

/** Returns the sentence that says which of two models is better, and whether that may be chance. */
export function describePaired(
  one: string,
  other: string,
  { texts, difference, interval, chance }: PairedDifference,
): string {
  const on = `on the same ${texts} test texts`;
  if (difference === 0) return `${one} and ${other} are right on equally many texts, ${on}`;
  const [better, worse] = difference < 0 ? [other, one] : [one, other];
  const sign = Math.sign(difference);
  const ends = interval.map((end) => sign * end).sort((low, high) => low - high);
  const range = `95 % interval ${ends.map(points).join(' to ')}, McNemar's test p ${probability(chance)}`;
  const verdict = `${better} is right on ${points(sign * difference)} more texts of 100 than ${worse}, ${on} (${range})`;
  return isCertain({ chance }) ? verdict : `${verdict}; that may be chance`;
}

/** Whether a difference is more than chance, by the usual measure. */
export function isCertain({ chance }: Pick<PairedDifference, 'chance'>): boolean {
  return chance < 0.05;
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}

function probability(chance: number): string {
  return chance < 0.001 ? '< 0.001' : `= ${chance.toFixed(3)}`;
}
