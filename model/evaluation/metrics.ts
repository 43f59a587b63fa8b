import type { Metrics } from '../artifact/manifest.ts';
import { type Classifier, UNKNOWN } from '../classifier.ts';
import type { Example } from '../datasets/example.ts';

/** A test text, its true intent and what the model said. */
export interface Outcome {
  readonly text: string;
  /** Undefined for a text that is out of scope. */
  readonly expected: string | undefined;
  /** The best guess, whether or not it was sure enough. */
  readonly guess: string;
  readonly confidence: number;
  readonly unknown: boolean;
}

/** Asks the model every text; an intent that it does not know is out of scope. */
export const outcomesOf = (
  predict: Classifier['predict'],
  examples: readonly Example[],
  labels: readonly string[],
): Outcome[] =>
  examples.map(({ text, intent }) => {
    const { intent: answer, confidence, alternatives } = predict(text, { top: 1 });
    return {
      text,
      expected: labels.includes(intent) ? intent : undefined,
      guess: alternatives[0]?.intent as string,
      confidence,
      unknown: answer === UNKNOWN,
    };
  });

/** The figures that the manifest states. */
export function measure(
  predict: Classifier['predict'],
  examples: readonly Example[],
  labels: readonly string[],
): Metrics {
  return metricsOf(outcomesOf(predict, examples, labels), labels);
}

/** The figures of given answers. */
export function metricsOf(outcomes: readonly Outcome[], labels: readonly string[]): Metrics {
  const inScope = outcomes.filter(({ expected }) => expected !== undefined);
  const outOfScope = outcomes.filter(({ expected }) => expected === undefined);
  const right = inScope.filter(isRight).length;
  return {
    examples: inScope.length,
    accuracy: share(right, inScope.length),
    accuracyInterval: wilson(right, inScope.length),
    answeredRight: share(inScope.filter((outcome) => isRight(outcome) && !outcome.unknown).length, inScope.length),
    coverage: share(inScope.filter(({ unknown }) => !unknown).length, inScope.length),
    calibrationError: calibrationError(outcomes),
    outOfScopeRecall:
      outOfScope.length === 0 ? null : share(outOfScope.filter(({ unknown }) => unknown).length, outOfScope.length),
    intents: Object.fromEntries(labels.map((label) => [label, intentMetrics(inScope, label)])),
  };
}

/** Whether the best guess is the true intent, which no guess is for a text that is out of scope. */
export const isRight = ({ expected, guess }: Outcome): boolean => expected === guess;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The 95 % interval of a proportion (Wilson's score interval). */
export function wilson(successes: number, trials: number): [number, number] {
  if (trials === 0) return [0, 1];
  const z = 1.959964;
  const proportion = successes / trials;
  const scale = 1 + (z * z) / trials;
  const center = (proportion + (z * z) / (2 * trials)) / scale;
  const spread = (z / scale) * Math.sqrt((proportion * (1 - proportion)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, center - spread), Math.min(1, center + spread)];
}

function intentMetrics(outcomes: readonly Outcome[], label: string): Metrics['intents'][string] {
  const examples = outcomes.filter(({ expected }) => expected === label).length;
  const guessed = outcomes.filter(({ guess }) => guess === label).length;
  const right = outcomes.filter((outcome) => outcome.expected === label && isRight(outcome)).length;
  return {
    precision: share(right, guessed),
    recall: share(right, examples),
    f1: share(2 * right, examples + guessed),
    examples,
  };
}

/** Answers whose confidence falls into one bin. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

const BINS = 15;

/** Sorts answers by confidence into 15 bins of equal width. */
export function reliability(outcomes: readonly Outcome[]): Bin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const members = outcomes.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: members.length,
      confidence: share(
        members.reduce((sum, { confidence }) => sum + confidence, 0),
        members.length,
      ),
      accuracy: share(members.filter(isRight).length, members.length),
    };
  });
}

/** The expected calibration error: the mean distance of confidence and accuracy over the bins. */
export function calibrationError(outcomes: readonly Outcome[]): number {
  return reliability(outcomes).reduce(
    (sum, { count, confidence, accuracy }) => sum + share(count, outcomes.length) * Math.abs(confidence - accuracy),
    0,
  );
}
