import NaturalLogisticRegression from 'natural/lib/natural/classifiers/logistic_regression_classifier.js';
import type { Algorithm, FitOptions, LinearMember, Member, TrainingSet } from './algorithm.ts';
import { bayes } from './bayes.ts';
import { featureOf, labelOf, trainOn } from './natural-documents.ts';

// Texts x features x classes: natural's gradient descent takes some hundred steps over all of them, on boxed numbers.
const largestSize = 2_000_000;

async function fit(set: TrainingSet, { onProgress }: FitOptions): Promise<Member[]> {
  const regression = new NaturalLogisticRegression();
  trainOn(regression, set);
  await onProgress(1);
  return [readWeights(regression, set)];
}

function readWeights({ classifier, features }: NaturalLogisticRegression, set: TrainingSet): LinearMember {
  const { matrix, classes } = set;
  const weights = new Float32Array(classes * matrix.columns);
  const columns = Object.keys(features).map(featureOf);
  for (let target = 0; target < classes; target += 1) {
    const theta = classifier.theta[classifier.classifications.indexOf(labelOf(target))];
    columns.forEach((column, position) => {
      weights[column * classes + target] = theta?.elements[position] ?? 0;
    });
  }
  return { kind: 'linear', bias: new Float32Array(classes), weights };
}

function refuse({ matrix, classes }: TrainingSet): string | undefined {
  const size = matrix.rows * matrix.columns * classes;
  if (size <= largestSize) return undefined;
  const product = `${matrix.rows} texts x ${matrix.columns} features x ${classes} intents`;
  return (
    `logistic-regression: ${product} = ${size}, and natural's gradient descent takes minutes beyond ${largestSize}; ` +
    'use linear-svm, which is linear too and trains in seconds'
  );
}

/** natural's logistic regression on natural's stems: one class against the others, without an intercept. */
export const logisticRegression: Algorithm = {
  features: bayes.features,
  precision: 'float32',
  refuse,
  fit,
};
