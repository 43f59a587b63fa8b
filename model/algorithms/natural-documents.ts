import type { TrainingSet } from './algorithm.ts';
import { rowOf } from './matrix.ts';

// natural uses tokens and labels as object keys: integers would change their order, and `constructor` is taken.
function tokenOf(feature: number): string {
  return `f${feature}`;
}

/** Returns the feature of a token. */
export function featureOf(token: string): number {
  return Number(token.slice(1));
}

/** Returns natural's label for a class. */
export function labelOf(target: number): string {
  return `c${target}`;
}

/** Trains natural's classifier on every row, as the features that are present, without their values. */
export function trainOn(classifier: NaturalClassifier, { matrix, targets }: TrainingSet): void {
  targets.forEach((target, row) => {
    classifier.addDocument(Array.from(rowOf(matrix, row).indices, tokenOf), labelOf(target));
  });
  classifier.train();
}
