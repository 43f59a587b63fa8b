/**
 * What the feedback says of the candidate. `no difference` means none as large as the smallest that matters; a difference that is
 * certain is told, however small it is.
 */
export type Verdict = 'better' | 'worse' | 'no difference' | 'undecided';

/** Reads the verdict off the interval of the difference; both are in the same unit. */
export function verdictOf([low, high]: readonly [low: number, high: number], smallestDifference: number): Verdict {
  if (low > 0) return 'better';
  if (high < 0) return 'worse';
  return low > -smallestDifference && high < smallestDifference ? 'no difference' : 'undecided';
}
