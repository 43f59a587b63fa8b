import type { ModelSettings } from '../settings.ts';
import type { Algorithm } from './algorithm.ts';
import { bayes } from './bayes.ts';
import { linearSvm } from './linear-svm.ts';
import { logisticRegression } from './logistic-regression.ts';

const algorithms: Record<ModelSettings['algorithm'], Algorithm> = {
  'linear-svm': linearSvm,
  bayes,
  'logistic-regression': logisticRegression,
};

/** What the settings ask to learn with. */
export const algorithmFor = ({ algorithm }: Pick<ModelSettings, 'profile' | 'algorithm'>): Algorithm =>
  algorithms[algorithm];
