import { wilson } from '../common/wilson.ts';
import type { Candidate } from './candidate.ts';
import type { PartResult } from './cross-validate.ts';

/** How the measurement of a candidate has ended. */
export type TriedEnd = { outcome: 'finished' } | { outcome: 'stopped' | 'refused'; reason: string };

/** A candidate and what was measured of it: of one that was stopped, some of the folds. */
export interface Tried {
  readonly candidate: Candidate;
  readonly results: readonly PartResult[];
  readonly end: TriedEnd;
}

/** The figures of a candidate over its folds. */
export interface Score {
  readonly texts: number;
  readonly right: number;
  readonly accuracy: number;
  /** At 95 % (Wilson). */
  readonly interval: readonly [number, number];
  /** Means of the folds. */
  readonly trainSeconds: number;
  readonly microseconds: number;
}

/** Sums up the folds; undefined without one. */
export function scoreOf(results: readonly PartResult[]): Score | undefined {
  const sum = (value: (result: PartResult) => number): number =>
    results.reduce((total, result) => total + value(result), 0);
  const [texts, right] = [sum((result) => result.texts), sum((result) => result.right)];
  if (texts === 0) return undefined;
  return {
    ...{ texts, right, accuracy: right / texts, interval: wilson(right, texts) },
    trainSeconds: sum((result) => result.trainSeconds) / results.length,
    microseconds: sum((result) => result.microseconds) / results.length,
  };
}

/** A candidate with its figures. */
export type Ranked = Tried & { readonly score: Score | undefined };

const places = { finished: 0, stopped: 1, refused: 2 };

/**
 * Orders candidates: those that have finished come first, the most accurate first; of equal ones, the one that learns fastest. Those that
 * were stopped have answered other texts, and follow.
 */
export function ranked(tried: readonly Tried[]): Ranked[] {
  return tried
    .map((one) => ({ ...one, score: scoreOf(one.results) }))
    .sort(
      (one, other) =>
        places[one.end.outcome] - places[other.end.outcome] ||
        (other.score?.accuracy ?? -1) - (one.score?.accuracy ?? -1) ||
        (one.score?.trainSeconds ?? 0) - (other.score?.trainSeconds ?? 0),
    );
}
