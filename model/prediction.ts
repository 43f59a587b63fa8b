/** The answer when no intent is likely enough. */
export const unknownIntent = 'unknown';

/** One intent and its calibrated probability, 0 to 1. */
export interface IntentScore {
  intent: string;
  confidence: number;
}

/**
 * The answer to one text. `intent` is `unknown` when the best guess is not likely enough; `confidence` is always that of
 * the best guess, which is the first of `alternatives` (best first).
 */
export interface Prediction {
  intent: string;
  confidence: number;
  alternatives: IntentScore[];
}

/** A readable feature of the text, such as `word: great`, and its share of the score: positive towards the intent. */
export interface Contribution {
  feature: string;
  weight: number;
}

/** A word of the text, and the sum of its shares in the features that it is a part of. */
export interface WordContribution {
  word: string;
  weight: number;
}

/** The features that moved the score towards an intent and against it, strongest first, and all words in their order. */
export interface Explanation {
  intent: string;
  towards: Contribution[];
  against: Contribution[];
  words: WordContribution[];
}

/** Answers a text, with up to `top` alternatives. */
export type Predict = (text: string, options?: { top?: number }) => Prediction;

/** The functions of a model that answer. */
export interface Predictor {
  predict: Predict;
  explain(text: string, intent?: string): Explanation;
}
