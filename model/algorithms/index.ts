import type { ModelSettings } from '../settings.ts';
import type { Algorithm } from './algorithm.ts';
import { bayes } from './bayes.ts';
import { ensemble } from './ensemble.ts';
import { linearSvm, linearSvmOf } from './linear-svm.ts';
import { logisticRegression } from './logistic-regression.ts';
import { mixture } from './mixture.ts';
import { neuralNetwork } from './neural-network.ts';

/** The algorithm that a manifest names. */
type AlgorithmName = ModelSettings['algorithm'] | 'ensemble' | 'mixture';

const algorithms: Record<AlgorithmName, Algorithm> = {
  'linear-svm': linearSvm,
  'neural-network': neuralNetwork,
  bayes,
  'logistic-regression': logisticRegression,
  ensemble,
  mixture,
};

/** Returns the name of the algorithm that the settings choose. */
export function algorithmName({ profile, algorithm }: ModelSettings): AlgorithmName {
  if (profile === 'semantic') return 'mixture';
  return profile === 'accurate' ? 'ensemble' : algorithm;
}

/** Returns the algorithm that the settings choose. */
export function algorithmFor(settings: ModelSettings): Algorithm {
  const name = algorithmName(settings);
  return name === 'linear-svm' && settings.cost !== undefined ? linearSvmOf(settings.cost) : algorithms[name];
}
