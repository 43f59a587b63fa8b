import { manyTexts } from '../algorithms/linear-svm.ts';
import type { DatasetSplits } from '../datasets/load.ts';
import { splitByLabel } from '../datasets/split.ts';
import type { ModelSettings } from '../settings.ts';
import { enoughOutOfScope, enoughTexts } from './held-out.ts';

// The least and the largest part of the texts that is held out.
const shares = { least: 1 / 200, most: 1 / 5 };

/**
 * Holds out validation texts, where there are none and the texts to learn from are many: what a few of them teach is not
 * missed, and nothing is trained twice, as cross-validation would.
 */
export function withValidation<Splits extends Pick<DatasetSplits, 'train' | 'validation'>>(
  splits: Splits,
  { seed, outOfScopeLabel }: ModelSettings,
): Splits {
  const { train, validation } = splits;
  if (validation || train.examples.length < manyTexts) return splits;
  const known = train.examples.filter(({ intent }) => intent !== outOfScopeLabel);
  const others = train.examples.filter(({ intent }) => intent === outOfScopeLabel);
  const parts = [
    splitByLabel(known, shareFor(enoughTexts, known.length), seed),
    splitByLabel(others, shareFor(enoughOutOfScope, others.length), seed),
  ];
  const joined = (name: 'train' | 'test') => ({ ...train, examples: parts.flatMap((part) => part[name]) });
  return { ...splits, train: joined('train'), validation: joined('test') };
}

function shareFor(enough: number, texts: number): number {
  return Math.min(shares.most, Math.max(shares.least, enough / texts));
}
