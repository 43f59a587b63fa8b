import { isRight, type Outcome } from './metrics.ts';

/** What a threshold does. */
export interface CoveragePoint {
  readonly threshold: number;
  /** In-scope texts that are answered. */
  readonly coverage: number;
  /** Of those answered, the share that is right; 1 when none is. */
  readonly accuracy: number;
  /** Out-of-scope texts that are turned unknown by the threshold alone; null without such texts. */
  readonly outOfScopeRecall: number | null;
}

const STEPS = 50;

/** What every threshold from 0 to 1 would do. */
export function coverageCurve(outcomes: readonly Outcome[]): CoveragePoint[] {
  const inScope = outcomes.filter(({ expected }) => expected !== undefined);
  const outOfScope = outcomes.filter(({ expected }) => expected === undefined);
  return Array.from({ length: STEPS + 1 }, (_, step) => pointAt(step / STEPS, inScope, outOfScope));
}

function pointAt(threshold: number, inScope: readonly Outcome[], outOfScope: readonly Outcome[]): CoveragePoint {
  const answered = inScope.filter(({ confidence }) => confidence >= threshold);
  const refused = outOfScope.filter(({ confidence }) => confidence < threshold);
  return {
    threshold,
    coverage: inScope.length === 0 ? 0 : answered.length / inScope.length,
    accuracy: answered.length === 0 ? 1 : answered.filter(isRight).length / answered.length,
    outOfScopeRecall: outOfScope.length === 0 ? null : refused.length / outOfScope.length,
  };
}
