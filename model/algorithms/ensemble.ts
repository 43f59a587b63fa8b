import type { Algorithm, FitOptions, Member, TrainingSet } from './algorithm.ts';
import { fitSvm, linearSvm } from './linear-svm.ts';
import { fitNetwork } from './neural-network.ts';

// The average of several small networks is more accurate than one large network.
const networkCount = 4;

// A network takes about this many times as long as the SVM; progress is reported accordingly.
const networkCost = 5;

async function fit(set: TrainingSet, { seed, onProgress }: FitOptions): Promise<Member[]> {
  const total = 1 + networkCount * networkCost;
  const members: Member[] = [await fitSvm(set, { seed, onProgress: (share) => onProgress(share / total) })];
  for (let index = 0; index < networkCount; index += 1) {
    const report = (share: number): Promise<void> => onProgress((1 + (index + share) * networkCost) / total);
    members.push(await fitNetwork(set, { seed: seed + index, onProgress: report }));
  }
  return members;
}

/** The accurate profile: the linear SVM's probabilities averaged with those of several networks. */
export const ensemble: Algorithm = { features: linearSvm.features, precision: 'int8', fit };
