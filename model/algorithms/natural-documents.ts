import type { TrainingSet } from './algorithm.ts';

interface NaturalClassifier {
  addDocument(tokens: string[], label: string): void;
}

// natural keeps tokens and labels as object keys, where integers change their order and `constructor` is taken.
const tokenOf = (feature: number): string => `f${feature}`;

/** The feature that natural knows by this token. */
export const featureOf = (token: string): number => Number(token.slice(1));

/** The name under which natural knows a class. */
export const labelOf = (target: number): string => `c${target}`;

/** The tokens by which natural knows the features of a row. */
function tokensOfRow({ matrix }: TrainingSet, row: number): string[] {
  const features = matrix.indices.subarray(matrix.starts[row], matrix.starts[row + 1]);
  return Array.from(features, tokenOf);
}

/** Gives natural every row: it sees which features are present, and nothing of their values. */
export function addDocuments(classifier: NaturalClassifier, set: TrainingSet): void {
  set.targets.forEach((target, row) => {
    classifier.addDocument(tokensOfRow(set, row), labelOf(target));
  });
}
