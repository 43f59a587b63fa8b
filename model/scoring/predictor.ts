import { createVectorizer } from '../features/vectorizer.ts';
import { createVocabulary } from '../features/vocabulary.ts';
import type { Predict, Predictor } from '../prediction.ts';
import { decide } from './decide.ts';
import { createExplainer } from './explain.ts';
import { memberScorer } from './members.ts';
import { createMixture } from './mixture.ts';
import type { Model } from './model.ts';

const defaultTop = 3;

/** Creates the functions that answer; training measures with the same ones that serve. */
export function createPredictor({ configuration, weights }: Model): Predictor {
  const { labels, outOfScopeClass, features, calibration, threshold } = configuration;
  const vectorizer = createVectorizer(features, createVocabulary(weights.hashes), weights.frequencies);
  const classes = labels.length + (outOfScopeClass ? 1 : 0);
  const probabilities = createMixture(weights.members.map(memberScorer), classes, calibration);
  const decision = { labels, threshold: threshold.value };
  // A text without a known feature is unknown, however frequent the likeliest intent is.
  const nothingKnown = { labels, threshold: Number.POSITIVE_INFINITY };
  const predict: Predict = (text, options) => {
    const vector = vectorizer.vectorize(text);
    return decide(probabilities(vector), vector.length === 0 ? nothingKnown : decision, options?.top ?? defaultTop);
  };
  return { predict, explain: createExplainer(configuration, weights.members, vectorizer, predict) };
}
