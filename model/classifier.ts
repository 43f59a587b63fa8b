import type { Manifest } from './artifact/manifest.ts';

/** What is answered when no intent is likely enough. */
export const UNKNOWN = 'unknown';

/** One intent and its calibrated probability, 0 to 1. */
export interface IntentScore {
  intent: string;
  confidence: number;
}

/**
 * The answer to one text. `intent` is `unknown` when the best guess is not likely enough; `confidence` is always that of
 * the best guess, which `alternatives` (best first) starts with.
 */
export interface Prediction {
  intent: string;
  confidence: number;
  alternatives: IntentScore[];
}

/** A readable feature of the text, such as `word: great`, and how far it moved the score: positive is towards. */
export interface Contribution {
  feature: string;
  weight: number;
}

/** Why an intent scored as it did: the features that pushed towards it and against it, strongest first. */
export interface Explanation {
  intent: string;
  towards: Contribution[];
  against: Contribution[];
}

/** An opened artifact. */
export interface Classifier {
  readonly manifest: Manifest;
  predict(text: string, options?: { top?: number }): Prediction;
  explain(text: string, intent?: string): Explanation;
}
