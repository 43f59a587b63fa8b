import type { TrainingSet } from '../algorithms/algorithm.ts';
import { matrixOf } from '../algorithms/matrix.ts';
import { DataError, type Dataset } from '../datasets/example.ts';
import type { Features } from '../features/features.ts';
import { type LearnedFeatures, learnFeatures } from '../features/learn.ts';
import { createVectorizer, type Vectorizer } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import { unknownIntent } from '../prediction.ts';

/** Labelled texts as numbers. */
export interface TrainingProblem {
  labels: string[];
  features: Features;
  learned: LearnedFeatures;
  vectorizer: Vectorizer;
  set: TrainingSet;
}

/** Learns the features of the texts and vectorizes them. */
export function buildProblem(train: Dataset, features: Features, outOfScopeLabel: string): TrainingProblem {
  const labels = labelsOf(train, outOfScopeLabel);
  const texts = train.examples.map(({ text }) => text);
  const learned = learnFeatures(features, texts);
  const vectorizer = createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
  const targets = classesOf(train, labels);
  const classes = labels.length + (targets.includes(labels.length) ? 1 : 0);
  return { labels, features, learned, vectorizer, set: { matrix: matrixOf(vectorizer, texts), targets, classes } };
}

// Sorted by code units, so that the order does not depend on the locale.
function labelsOf({ path, examples }: Dataset, outOfScopeLabel: string): string[] {
  const labels = [...new Set(examples.map(({ intent }) => intent))].filter((label) => label !== outOfScopeLabel).sort();
  if (labels.includes(unknownIntent)) {
    throw new DataError(
      `${path}: expected no intent named ${unknownIntent}, which is the answer when none fits; rename it, or make it the outOfScopeLabel`,
    );
  }
  if (labels.length >= 2) return labels;
  throw new DataError(`${path}: expected at least 2 intents, got ${labels.length} (${labels.join(', ')}); add another`);
}

/** Returns the class of each example; that of out-of-scope texts comes after the last label. */
export function classesOf({ examples }: Dataset, labels: readonly string[]): Int32Array {
  const indices = new Map(labels.map((label, index) => [label, index]));
  return Int32Array.from(examples, ({ intent }) => indices.get(intent) ?? labels.length);
}
