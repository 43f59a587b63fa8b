import { inTurns, type ReportShare } from '../../common/in-turns.ts';
import type { TrainingSet } from '../algorithms/algorithm.ts';
import { matrixOf } from '../algorithms/matrix.ts';
import { DataError, type Dataset } from '../datasets/example.ts';
import type { Features } from '../features/features.ts';
import { type LearnedFeatures, learnFeatures } from '../features/learn.ts';
import { createVectorizer, type Vectorizer } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import { unknownIntent } from '../prediction.ts';
import type { TextVectors } from '../scoring/text-vectors.ts';
import { type Descriptions, describedIntents } from './descriptions.ts';

/** Labelled texts as numbers. */
export interface TrainingProblem {
  labels: string[];
  features: Features;
  learned: LearnedFeatures;
  vectorizer: Vectorizer;
  semantics?: Semantics;
  /** The number of labelled texts. They are the first rows of the set; descriptions of intents may follow. */
  examples: number;
  set: TrainingSet;
}

/** What the semantic profile has beside the labelled texts. */
export interface Semantics {
  readonly textVectors: TextVectors;
  readonly descriptions: Descriptions;
}

/** Learns the features of the texts and vectorizes them. */
export async function buildProblem(
  train: Dataset,
  features: Features,
  outOfScopeLabel: string,
  report: ReportShare,
  semantics?: Semantics,
): Promise<TrainingProblem> {
  const labels = labelsOf(train, outOfScopeLabel);
  const described = semantics ? describedIntents(train, labels, semantics.descriptions) : [];
  const all = { ...train, examples: [...train.examples, ...described] };
  const texts = all.examples.map(({ text }) => text);
  const learned = await learnFeatures(features, texts, (share) => report(share / 2));
  const vectorizer = createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
  const targets = classesOf(all, labels);
  const classes = labels.length + (targets.includes(labels.length) ? 1 : 0);
  const vectors = semantics && {
    vectors: await vectorsOf(semantics.textVectors, texts, (share) => report(0.5 + share / 4)),
  };
  const matrix = await matrixOf(vectorizer, texts, (share) => report(vectors ? 0.75 + share / 4 : 0.5 + share / 2));
  const set = { matrix, ...vectors, targets, classes };
  const parts = { labels, features, learned, vectorizer, examples: train.examples.length, set };
  return semantics ? { ...parts, semantics } : parts;
}

/** Returns the vectors of the texts, row by row. */
export async function vectorsOf(
  { columns, vectorOf }: TextVectors,
  texts: readonly string[],
  report: ReportShare,
): Promise<Float32Array> {
  const vectors = new Float32Array(texts.length * columns);
  await inTurns(texts, report, (text, row) => vectors.set(vectorOf(text), row * columns));
  return vectors;
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
