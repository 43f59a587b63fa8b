import type { ModelSettings } from '../settings.ts';
import type { Algorithm } from './algorithm.ts';
import { bayes } from './bayes.ts';
import { ensemble } from './ensemble.ts';
import { linearSvm } from './linear-svm.ts';
import { logisticRegression } from './logistic-regression.ts';
import { mixture } from './mixture.ts';

/** The algorithm that a manifest names. */
type AlgorithmName = ModelSettings['algorithm'] | 'ensemble' | 'mixture';

const algorithms: Record<AlgorithmName, Algorithm> = {
  'linear-svm': linearSvm,
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
  return algorithms[algorithmName(settings)];
}
