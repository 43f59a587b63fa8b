import type { Manifest, Metrics } from '../artifact/manifest.ts';
import type { Classifier } from '../artifact/open.ts';
import type { Example } from '../datasets/example.ts';
import type { Contribution } from '../prediction.ts';
import { type ConfusionMatrix, confusionMatrix } from './confusion.ts';
import { type CoveragePoint, coverageCurve } from './coverage.ts';
import { type Bin, type EvaluatedText, evaluateTexts, isRight, metricsOf, reliabilityBins } from './metrics.ts';

/** A wrong guess and the features that caused it. */
interface Mistake {
  readonly text: string;
  readonly expected: string;
  readonly got: string;
  readonly confidence: number;
  readonly because: readonly Contribution[];
}

/** The accuracy of a model that learned from this number of examples. */
export interface LearningPoint {
  readonly examples: number;
  readonly accuracy: number;
  readonly interval: readonly [number, number];
}

/** Texts that a model has learned from, or was measured with. */
export interface DataOrigin {
  /** Their file and when it was last changed, as an ISO time in UTC; null where only the digest of the texts is known. */
  readonly file: { readonly path: string; readonly changed: string } | null;
  readonly texts: number;
  readonly sha256: string;
}

/** What was learned from and measured with, and what is to be known of it. */
export interface MeasuredData {
  readonly train: DataOrigin;
  readonly test: DataOrigin;
  /** That the model has learned some of the texts, or may have; null where it has not. */
  readonly seen: string | null;
  /** What may be wrong with the texts to learn from and to measure with. */
  readonly warnings: readonly string[];
}

/** The content of the evaluation page. */
export interface Evaluation {
  readonly measured: MeasuredData;
  readonly model: Pick<Manifest, 'version' | 'profile' | 'algorithm' | 'threshold' | 'trainedAt' | 'versions' | 'data'>;
  readonly metrics: Metrics;
  readonly golden: Manifest['golden'];
  readonly confusion: ConfusionMatrix;
  readonly reliability: readonly Bin[];
  readonly coverage: readonly CoveragePoint[];
  readonly mistakes: readonly Mistake[];
  readonly learningCurve: readonly LearningPoint[];
}

export interface EvaluateProps {
  learningCurve: readonly LearningPoint[];
  measured: MeasuredData;
}

const mistakesShown = 25;
const reasonsShown = 4;

/** Measures a model. */
export function evaluate(
  classifier: Classifier,
  test: readonly Example[],
  { learningCurve, measured }: EvaluateProps,
): Evaluation {
  const { version, profile, algorithm, threshold, trainedAt, versions, data, labels, golden } = classifier.manifest;
  const texts = evaluateTexts(classifier.predict, test, labels);
  return {
    measured,
    model: { version, profile, algorithm, threshold, trainedAt, versions, data },
    metrics: metricsOf(texts, labels),
    golden,
    confusion: confusionMatrix(texts, labels),
    reliability: reliabilityBins(texts),
    coverage: coverageCurve(texts),
    mistakes: worstMistakes(classifier, texts),
    learningCurve,
  };
}

// The most confident first: a threshold cannot catch these.
function worstMistakes({ explain }: Classifier, texts: readonly EvaluatedText[]): Mistake[] {
  return texts
    .filter((text) => text.expected !== undefined && !isRight(text))
    .sort((left, right) => right.confidence - left.confidence)
    .slice(0, mistakesShown)
    .map(({ text, expected, guess, confidence }) => ({
      text,
      expected: expected as string,
      got: guess,
      confidence,
      because: explain(text, guess).towards.slice(0, reasonsShown),
    }));
}
