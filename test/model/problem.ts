import type { Matrix } from '../../model/algorithms/matrix.ts';
import type { Features } from '../../model/features/features.ts';
import { learnFeatures } from '../../model/features/learn.ts';
import { createVectorizer, type SparseVector, type Vectorizer } from '../../model/features/vectorizer.ts';
import { createVocabulary } from '../../model/features/vocabulary.ts';
import { buildProblem, type TrainingProblem } from '../../model/training/problem.ts';
import { plainFeatures, smallSplits } from './trained.ts';

/** Fit options without a report of progress. */
export const quietly = { seed: 1, onProgress: async (): Promise<void> => {} };

/** A matrix that holds every value of these rows. */
export function dense(rows: number[][]): Matrix {
  const columns = rows[0]?.length ?? 0;
  return {
    rows: rows.length,
    columns,
    starts: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * columns),
    indices: Int32Array.from(rows.flatMap((row) => [...row.keys()])),
    values: Float64Array.from(rows.flat()),
  };
}

/** Creates a vectorizer with the features of these texts. */
export async function vectorizerFor(features: Features, texts: string[]): Promise<Vectorizer> {
  const learned = await learnFeatures(features, texts, quietly.onProgress);
  return createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
}

/** The features of a vector, with their values. */
export function entriesOf({ indices, values, length }: SparseVector): [feature: number, value: number][] {
  return Array.from(indices.subarray(0, length), (feature, at) => [feature, values[at] as number]);
}

/** The small set as numbers. */
export function smallProblem(features = plainFeatures): Promise<TrainingProblem> {
  return buildProblem(smallSplits.train, features, 'unknown', quietly.onProgress);
}
