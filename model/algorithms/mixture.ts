import type { Algorithm, FitOptions, Member, TrainingSet } from './algorithm.ts';
import { fitSvm, linearSvm } from './linear-svm.ts';
import { fitSoftmax } from './softmax-regression.ts';

/** The costs of the regression, of which held-out texts choose one. */
const costs = [10, 50] as const;

async function fit(set: TrainingSet, { seed, onProgress }: FitOptions): Promise<Member[]> {
  const { vectors, targets, classes } = set;
  if (!vectors) throw new Error('the mixture needs the vectors of the texts');
  const parts = 1 + costs.length;
  const members: Member[] = [await fitSvm(set, { seed, onProgress: (share) => onProgress(share / parts) })];
  for (const [index, cost] of costs.entries()) {
    const report = (share: number): Promise<void> => onProgress((1 + index + share) / parts);
    members.push(await fitSoftmax({ vectors, targets, classes }, cost, { seed, onProgress: report }));
  }
  return members;
}

/**
 * The semantic profile: the linear SVM on n-grams, and softmax regressions on token vectors of which one is kept. The weights
 * of the two in the average are chosen on held-out texts.
 */
export const mixture: Algorithm = { features: linearSvm.features, precision: 'int8', fit };
