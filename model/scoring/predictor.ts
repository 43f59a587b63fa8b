import { createVectorizer, type SparseVector } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import type { Predict, Predictor } from '../prediction.ts';
import { decide } from './decide.ts';
import { createExplainer } from './explain.ts';
import { memberScorer } from './members.ts';
import { createMixture } from './mixture.ts';
import type { Model } from './model.ts';
import { createTextVectors } from './text-vectors.ts';

const defaultTop = 3;

/** Returns whether a model knows anything of a text: a feature, or a token. */
export function isKnown({ length, dense }: SparseVector): boolean {
  return length > 0 || (dense?.some((value) => value !== 0) ?? false);
}

/** Creates the functions that answer; training measures with the same ones that serve. */
export function createPredictor({ configuration, weights }: Model): Predictor {
  const { labels, outOfScopeClass, features, calibration, threshold } = configuration;
  const vectorizer = createVectorizer(features, createVocabulary(weights.hashes), weights.frequencies);
  const textVectors = weights.tokenVectors && createTextVectors(weights.tokenVectors);
  const classes = labels.length + (outOfScopeClass ? 1 : 0);
  const probabilities = createMixture(weights.members.map(memberScorer), classes, calibration);
  const decision = { labels, threshold: threshold.value };
  // A text of which nothing is known is unknown, however frequent the likeliest intent is.
  const nothingKnown = { labels, threshold: Number.POSITIVE_INFINITY };
  const predict: Predict = (text, options) => {
    const vector = vectorizer.vectorize(text);
    if (textVectors) vector.dense = textVectors.vectorOf(text);
    return decide(probabilities(vector), isKnown(vector) ? decision : nothingKnown, options?.top ?? defaultTop);
  };
  return { predict, explain: createExplainer({ configuration, weights }, { vectorizer, textVectors }, predict) };
}
