import type { Manifest, Metrics } from '../artifact/manifest.ts';
import type { Classifier, Contribution } from '../classifier.ts';
import type { Example } from '../datasets/example.ts';
import { type ConfusionMatrix, confusionMatrix } from './confusion.ts';
import { type CoveragePoint, coverageCurve } from './coverage.ts';
import type { LearningPoint } from './learning-curve.ts';
import { type Bin, isRight, metricsOf, type Outcome, outcomesOf, reliability } from './metrics.ts';

/** A wrong answer and the features that caused it. */
interface Mistake {
  readonly text: string;
  readonly expected: string;
  readonly got: string;
  readonly confidence: number;
  readonly because: readonly Contribution[];
}

/** Everything that the evaluation page shows. */
export interface Evaluation {
  readonly model: Pick<Manifest, 'version' | 'profile' | 'algorithm' | 'threshold' | 'trainedAt' | 'versions' | 'data'>;
  readonly metrics: Metrics;
  readonly golden: Manifest['golden'];
  readonly confusion: ConfusionMatrix;
  readonly reliability: readonly Bin[];
  readonly coverage: readonly CoveragePoint[];
  readonly mistakes: readonly Mistake[];
  readonly learningCurve: readonly LearningPoint[];
}

const WORST = 25;
const REASONS = 4;

/** Measures a model on texts that it has not seen. */
export function evaluate(
  classifier: Classifier,
  test: readonly Example[],
  learningCurve: readonly LearningPoint[],
): Evaluation {
  const { version, profile, algorithm, threshold, trainedAt, versions, data, labels, golden } = classifier.manifest;
  const outcomes = outcomesOf(classifier.predict, test, labels);
  const inScope = outcomes.filter(({ expected }) => expected !== undefined);
  return {
    model: { version, profile, algorithm, threshold, trainedAt, versions, data },
    metrics: metricsOf(outcomes, labels),
    golden,
    confusion: confusionMatrix(outcomes, labels),
    reliability: reliability(outcomes),
    coverage: coverageCurve(outcomes),
    mistakes: worstMistakes(classifier, inScope),
    learningCurve,
  };
}

// The surest first: those are the ones that a threshold cannot catch.
const worstMistakes = ({ explain }: Classifier, outcomes: readonly Outcome[]): Mistake[] =>
  outcomes
    .filter((outcome) => !isRight(outcome))
    .sort((left, right) => right.confidence - left.confidence)
    .slice(0, WORST)
    .map(({ text, expected, guess, confidence }) => ({
      text,
      expected: expected as string,
      got: guess,
      confidence,
      because: explain(text, guess).towards.slice(0, REASONS),
    }));
