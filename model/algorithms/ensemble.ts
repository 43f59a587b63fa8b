import type { Algorithm, FitOptions, Member, TrainingSet } from './algorithm.ts';
import { fitSvm, linearSvm } from './linear-svm.ts';
import type { NetworkOptions } from './network-step.ts';
import { fitNetwork } from './neural-network.ts';

// Small networks that see 40 % of each text at a time: several weak ones average better than one large one.
const network: NetworkOptions = {
  hidden: 100,
  epochs: 30,
  rate: 0.05,
  featureDropout: 0.6,
  unitDropout: 0.2,
  spread: 0.05,
};

const networkCount = 4;

// A network takes about this many times as long as the SVM; progress is reported accordingly.
const networkCost = 5;

async function fit(set: TrainingSet, { seed, onProgress }: FitOptions): Promise<Member[]> {
  const total = 1 + networkCount * networkCost;
  const members: Member[] = [await fitSvm(set, { seed, onProgress: (share) => onProgress(share / total) })];
  for (let index = 0; index < networkCount; index += 1) {
    const report = (share: number): Promise<void> => onProgress((1 + (index + share) * networkCost) / total);
    members.push(await fitNetwork(set, { seed: seed + index, onProgress: report }, network));
  }
  return members;
}

/** The accurate profile: the linear SVM's probabilities averaged with those of several networks. */
export const ensemble: Algorithm = { features: linearSvm.features, precision: 'int8', fit };
