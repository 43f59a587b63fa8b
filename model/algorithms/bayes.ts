import NaturalBayes from 'natural/lib/natural/classifiers/bayes_classifier.js';
import { featuresSchema } from '../features/features.ts';
import type { Algorithm, FitOptions, LinearMember, Member, TrainingSet } from './algorithm.ts';
import { featureOf, labelOf, trainOn } from './natural-documents.ts';

async function fit(set: TrainingSet, { onProgress }: FitOptions): Promise<Member[]> {
  const bayes = new NaturalBayes();
  trainOn(bayes, set);
  await onProgress(1);
  return [readWeights(bayes, set)];
}

// The score is a sum of logarithms over the features that are present, so it is linear: its terms are the weights.
function readWeights({ classifier, features }: NaturalBayes, { matrix, classes }: TrainingSet): LinearMember {
  const bias = new Float32Array(classes);
  const weights = new Float32Array(classes * matrix.columns);
  const { classFeatures, classTotals, totalExamples, smoothing } = classifier;
  // natural numbers features in the order in which they first appear.
  const columns = Object.keys(features).map(featureOf);
  for (let target = 0; target < classes; target += 1) {
    const total = classTotals[labelOf(target)];
    const counts = classFeatures[labelOf(target)];
    if (total === undefined || counts === undefined) {
      bias[target] = Math.log(1 / totalExamples);
      continue;
    }
    bias[target] = Math.log(total / totalExamples);
    columns.forEach((column, position) => {
      weights[column * classes + target] = Math.log((counts[position] ?? smoothing) / total);
    });
  }
  return { kind: 'linear', bias, weights };
}

/** natural's naive Bayes on natural's stems, in logarithms, because natural's own product of probabilities underflows. */
export const bayes: Algorithm = {
  features: featuresSchema.parse({
    minimumTexts: 1,
    blocks: [{ kind: 'words', lengths: [1, 1], stemmer: 'porter', weighting: 'presence', normalise: false }],
  }),
  precision: 'float32',
  fit,
};
