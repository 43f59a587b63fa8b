import { wilson } from '../../common/wilson.ts';
import type { Metrics } from '../artifact/manifest.ts';
import type { Example } from '../datasets/example.ts';
import { type Predict, unknownIntent } from '../prediction.ts';

/** A test text, its true intent and the model's answer. */
export interface EvaluatedText {
  readonly text: string;
  /** Undefined for a text that is out of scope. */
  readonly expected: string | undefined;
  /** The best guess, above the threshold or below. */
  readonly guess: string;
  readonly confidence: number;
  readonly unknown: boolean;
}

/** Predicts every text; an intent that the model does not know counts as out of scope. */
export function evaluateTexts(
  predict: Predict,
  examples: readonly Example[],
  labels: readonly string[],
): EvaluatedText[] {
  return examples.map(({ text, intent }) => {
    const { intent: answer, confidence, alternatives } = predict(text, { top: 1 });
    return {
      text,
      expected: labels.includes(intent) ? intent : undefined,
      guess: alternatives[0]?.intent as string,
      confidence,
      unknown: answer === unknownIntent,
    };
  });
}

/** Predicts every text and returns the metrics for the manifest. */
export function measure(predict: Predict, examples: readonly Example[], labels: readonly string[]): Metrics {
  return metricsOf(evaluateTexts(predict, examples, labels), labels);
}

/** Returns the metrics of evaluated texts. */
export function metricsOf(texts: readonly EvaluatedText[], labels: readonly string[]): Metrics {
  const [inScope, outOfScope] = splitByScope(texts);
  const right = inScope.filter(isRight).length;
  return {
    examples: inScope.length,
    accuracy: share(right, inScope.length),
    accuracyInterval: wilson(right, inScope.length),
    answeredRight: share(inScope.filter((text) => isRight(text) && !text.unknown).length, inScope.length),
    coverage: share(inScope.filter(({ unknown }) => !unknown).length, inScope.length),
    calibrationError: calibrationError(texts),
    outOfScopeRecall:
      outOfScope.length === 0 ? null : share(outOfScope.filter(({ unknown }) => unknown).length, outOfScope.length),
    intents: Object.fromEntries(labels.map((label) => [label, intentMetrics(inScope, label)])),
  };
}

/** Splits texts into those with an intent that the model knows, and those out of scope. */
export function splitByScope(texts: readonly EvaluatedText[]): [inScope: EvaluatedText[], outOfScope: EvaluatedText[]] {
  return [
    texts.filter(({ expected }) => expected !== undefined),
    texts.filter(({ expected }) => expected === undefined),
  ];
}

/** Returns whether the best guess is the true intent; for an out-of-scope text it never is. */
export function isRight({ expected, guess }: EvaluatedText): boolean {
  return expected === guess;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function intentMetrics(texts: readonly EvaluatedText[], label: string): Metrics['intents'][string] {
  const examples = texts.filter(({ expected }) => expected === label).length;
  const guessed = texts.filter(({ guess }) => guess === label).length;
  const right = texts.filter((text) => text.expected === label && isRight(text)).length;
  return {
    precision: share(right, guessed),
    recall: share(right, examples),
    f1: share(2 * right, examples + guessed),
    examples,
  };
}

/** The texts whose confidence falls into one bin. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

const binCount = 15;

/** Groups texts by confidence into 15 bins of equal width. */
export function reliabilityBins(texts: readonly EvaluatedText[]): Bin[] {
  return Array.from({ length: binCount }, (_, bin) => {
    const members = texts.filter(({ confidence }) => Math.min(binCount - 1, Math.floor(confidence * binCount)) === bin);
    return {
      from: bin / binCount,
      to: (bin + 1) / binCount,
      count: members.length,
      confidence: share(
        members.reduce((sum, { confidence }) => sum + confidence, 0),
        members.length,
      ),
      accuracy: share(members.filter(isRight).length, members.length),
    };
  });
}

/** Returns the expected calibration error: the mean distance of confidence and accuracy over the bins. */
export function calibrationError(texts: readonly EvaluatedText[]): number {
  return reliabilityBins(texts).reduce(
    (sum, { count, confidence, accuracy }) => sum + share(count, texts.length) * Math.abs(confidence - accuracy),
    0,
  );
}
