import { type EvaluatedText, isRight, splitByScope } from './metrics.ts';

/** The effect of one threshold. */
export interface CoveragePoint {
  readonly threshold: number;
  /** The share of in-scope texts that are answered. */
  readonly coverage: number;
  /** The share of these answers that are right; 1 without answers. */
  readonly accuracy: number;
  /** The share of out-of-scope texts that the threshold alone turns unknown; null without any. */
  readonly outOfScopeRecall: number | null;
}

const steps = 50;

/** Returns the effect of thresholds that answer all texts, one in fifty fewer, and so on, the lowest threshold first. */
export function coverageCurve(texts: readonly EvaluatedText[]): CoveragePoint[] {
  const [inScope, outOfScope] = splitByScope(texts);
  const confidences = inScope.map(({ confidence }) => confidence).sort((one, other) => one - other);
  const atSteps = Array.from(
    { length: steps },
    (_, step) => confidences[Math.floor((step * confidences.length) / steps)],
  );
  const thresholds = new Set([0, ...atSteps.slice(1)].filter((threshold) => threshold !== undefined));
  return [...thresholds].map((threshold) => pointAt(threshold, inScope, outOfScope));
}

function pointAt(threshold: number, inScope: EvaluatedText[], outOfScope: EvaluatedText[]): CoveragePoint {
  const answered = inScope.filter(({ confidence }) => confidence >= threshold);
  const refused = outOfScope.filter(({ confidence }) => confidence < threshold);
  return {
    threshold,
    coverage: inScope.length === 0 ? 0 : answered.length / inScope.length,
    accuracy: answered.length === 0 ? 1 : answered.filter(isRight).length / answered.length,
    outOfScopeRecall: outOfScope.length === 0 ? null : refused.length / outOfScope.length,
  };
}
