import type { TrainingSet } from '../../model/algorithms/algorithm.ts';
import { matrixOf } from '../../model/algorithms/matrix.ts';
import { type Features, featuresSchema } from '../../model/features/features.ts';
import { learnFeatures } from '../../model/features/learn.ts';
import { createVectorizer, type Vectorizer } from '../../model/features/vectorizer.ts';
import { createVocabulary } from '../../model/features/vocabulary.ts';
import { smallSet } from './texts.ts';

export const labels = ['complaint', 'greeting', 'praise', 'question'];

/** Fit options that report to nobody. */
export const quietly = { seed: 1, onProgress: async (): Promise<void> => {} };

/** Words and characters, keeping every feature. */
export const plainFeatures: Features = featuresSchema.parse({
  minimumTexts: 1,
  blocks: [{ kind: 'words' }, { kind: 'characters' }],
});

/** A vectorizer that has learned its features from the texts. */
export function vectorizerFor(features: Features, texts: string[]): Vectorizer {
  const learned = learnFeatures(features, texts);
  return createVectorizer(features, createVocabulary(learned.hashes), learned.frequencies);
}

/** The small training set as numbers. */
export function smallProblem(features: Features = plainFeatures): { vectorizer: Vectorizer; set: TrainingSet } {
  const texts = smallSet.map(({ text }) => text);
  const vectorizer = vectorizerFor(features, texts);
  const targets = Int32Array.from(smallSet, ({ intent }) => labels.indexOf(intent));
  return { vectorizer, set: { matrix: matrixOf(vectorizer, texts), targets, classes: labels.length } };
}
