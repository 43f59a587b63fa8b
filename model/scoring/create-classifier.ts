import type { Manifest } from '../artifact/manifest.ts';
import type { Weights } from '../artifact/tensors.ts';
import type { Classifier } from '../classifier.ts';
import { createVectorizer } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import { decide } from './decide.ts';
import { createExplainer } from './explain.ts';
import { memberScorer } from './members.ts';
import { mixtureOf } from './mixture.ts';

const TOP = 3;

/** What the classifier is, apart from its weights: a part of the manifest. */
export type Head = Pick<Manifest, 'labels' | 'outOfScopeClass' | 'features' | 'calibration' | 'threshold'>;

/** The predicting functions of a model: training evaluates with the ones that will serve. */
export function createPredictor(head: Head, weights: Weights): Pick<Classifier, 'predict' | 'explain'> {
  const vectorizer = createVectorizer(head.features, createVocabulary(weights.hashes), weights.frequencies);
  const classes = head.labels.length + (head.outOfScopeClass ? 1 : 0);
  const probabilities = mixtureOf(weights.members.map(memberScorer), classes, head.calibration);
  const decision = { labels: head.labels, threshold: head.threshold.value };
  // A text without any known feature is unknown, however often the likeliest intent comes.
  const nothingKnown = { ...decision, threshold: Number.POSITIVE_INFINITY };
  const predict: Classifier['predict'] = (text, options) => {
    const vector = vectorizer.vectorize(text);
    return decide(probabilities(vector), vector.length === 0 ? nothingKnown : decision, options?.top ?? TOP);
  };
  return { predict, explain: createExplainer(head, weights, vectorizer, predict) };
}

/** Joins manifest and weights to a classifier. */
export const createClassifier = (manifest: Manifest, weights: Weights): Classifier => ({
  manifest,
  ...createPredictor(manifest, weights),
});
