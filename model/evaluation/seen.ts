import type { Manifest } from '../artifact/manifest.ts';
import type { DatasetSplits } from '../datasets/load.ts';
import { plainText } from '../datasets/plain-text.ts';

type Splits = Pick<DatasetSplits, 'train' | 'test'>;

/**
 * Tells that a model has learned some of the test texts, or may have; undefined where it has not. `known` are data that it
 * may have learned from: where they are those of its manifest, the texts are compared.
 */
export function describeSeen({ train, test }: Splits, { data }: Pick<Manifest, 'data'>, known: readonly Splits[]) {
  const learned = known.find((splits) => isLearned(splits, data))?.train;
  if (learned) {
    const texts = new Set(learned.examples.map(({ text }) => plainText(text)));
    const seen = test.examples.filter(({ text }) => texts.has(plainText(text))).length;
    if (seen === 0) return undefined;
    return `the model has learned ${seen} of the ${test.examples.length} test texts: the figures are better than it is`;
  }
  return train.sha256 === data.train.sha256
    ? `${test.path} is split in another way than for training: the model has learned some of the test texts, and the figures are better than it is`
    : `${train.path} is not the data that this model learned from: it may have learned some of the test texts`;
}

// The held-out share of a file is not learned.
function isLearned({ train, test }: Splits, data: Manifest['data']): boolean {
  const isSameSplit = data.testShare === null || test.sha256 === data.test.sha256;
  return train.sha256 === data.train.sha256 && isSameSplit;
}
