import type { ModelSettings } from '../settings.ts';
import type { Algorithm } from './algorithm.ts';
import { bayes } from './bayes.ts';
import { ensemble } from './ensemble.ts';
import { linearSvm } from './linear-svm.ts';
import { logisticRegression } from './logistic-regression.ts';

/** What a manifest may say a model was learned with. */
type AlgorithmName = ModelSettings['algorithm'] | 'ensemble';

const algorithms = {
  'linear-svm': linearSvm,
  bayes,
  'logistic-regression': logisticRegression,
  ensemble,
} satisfies Record<AlgorithmName, Algorithm>;

/** The name of what the settings ask to learn with. */
export const algorithmName = ({ profile, algorithm }: Pick<ModelSettings, 'profile' | 'algorithm'>): AlgorithmName =>
  profile === 'accurate' ? 'ensemble' : algorithm;

/** What the settings ask to learn with. */
export const algorithmFor = (settings: Pick<ModelSettings, 'profile' | 'algorithm'>): Algorithm =>
  algorithms[algorithmName(settings)];
