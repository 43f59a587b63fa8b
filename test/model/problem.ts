import { type Features, featuresSchema } from '../../model/features/features.ts';
import { learnFeatures } from '../../model/features/learn.ts';
import { createVectorizer, type Vectorizer } from '../../model/features/vectorizer.ts';
import { createVocabulary } from '../../model/features/vocabulary.ts';
import { buildProblem, type TrainingProblem } from '../../model/training/problem.ts';
import { smallSplits } from './trained.ts';

/** Fit options without a report of progress. */
export const quietly = { seed: 1, onProgress: async (): Promise<void> => {} };

/** Words and characters, keeping every feature. */
export const plainFeatures: Features = featuresSchema.parse({
  minimumTexts: 1,
  blocks: [{ kind: 'words' }, { kind: 'characters' }],
});

/** Creates a vectorizer with the features of these texts. */
export function vectorizerFor(features: Features, texts: string[]): Vectorizer {
  const learned = learnFeatures(features, texts);
  return createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
}

/** The small set as numbers. */
export function smallProblem(features: Features = plainFeatures): TrainingProblem {
  return buildProblem(smallSplits.train, features, 'unknown');
}
