import { bisect } from 'simple-statistics';
import { criticalValue } from './mixture.ts';
import { newcombe } from './newcombe.ts';
import type { SamePeriods } from './same-periods.ts';

/** The share of comparisons in which an interval may miss the truth at one look or more. */
export const errorOfAllLooks = 0.05;

/**
 * The interval of the difference b − a of two accuracies, as shares. It covers the truth at all looks together with a probability of
 * 1 - `error`. `scale` is the difference, a share, for which it is to be narrow.
 */
export function intervalOfAllLooks(
  same: SamePeriods,
  scale: number,
  error = errorOfAllLooks,
): [low: number, high: number] {
  return newcombe(same, criticalValue(same.information * scale * scale, error));
}

/** The error whose interval ends at no difference: a p-value that stays one at whichever look it is read. */
export function pValueOf(same: SamePeriods, scale: number): number {
  // Above 0 where the interval does not reach 0. By exponents of e, because p-values differ by orders of magnitude.
  const distanceAt = (exponent: number) => {
    const [low, high] = intervalOfAllLooks(same, scale, Math.exp(exponent));
    return Math.max(low, -high);
  };
  if (distanceAt(0) <= 0) return 1;
  if (distanceAt(smallestExponent) > 0) return Math.exp(smallestExponent);
  return Math.exp(bisect(distanceAt, smallestExponent, 0, 100, 1e-9));
}

// Below it, e to its power is denormal.
const smallestExponent = -708;
