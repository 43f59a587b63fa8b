import { existsSync } from 'node:fs';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { createClassifier } from '../../model/artifact/open.ts';
import type { DatasetSplits } from '../../model/datasets/load.ts';
import { type PairedDifference, pairedDifference } from '../../model/evaluation/paired.ts';
import type { ModelSettings } from '../../model/settings.ts';
import type { OnProgress } from '../../model/training/learn.ts';
import { trainModel } from '../../model/training/train.ts';
import { wheelPath } from '../../model/vectors/source.ts';

type Profile = ModelSettings['profile'];

/** Returns the profile that a training is compared with: where token vectors are in the cache folder, with and without them. */
export function profileToCompare({ profile, algorithm }: ModelSettings, wheel = wheelPath()): Profile | undefined {
  if (profile === 'semantic') return 'default';
  return profile === 'default' && algorithm === 'linear-svm' && existsSync(wheel) ? 'semantic' : undefined;
}

/** Trains the other profile on the same texts, and returns how the two compare on the test texts, in a sentence. */
export async function compareProfiles(
  artifact: Artifact,
  other: Profile,
  splits: DatasetSplits,
  settings: ModelSettings,
  onProgress: OnProgress,
): Promise<string> {
  const trained = await trainModel(splits, { ...settings, profile: other, descriptions: {} }, onProgress);
  const [one, two] = [createClassifier(artifact, 'the model'), createClassifier(trained, other)];
  const texts = splits.test.examples.filter(({ intent }) => artifact.manifest.labels.includes(intent));
  return comparison(artifact.manifest.profile, other, pairedDifference(one.predict, two.predict, texts));
}

/** Returns the sentence that says which of two profiles is better. */
export function comparison(one: Profile, other: Profile, { texts, difference, interval }: PairedDifference): string {
  const [better, worse] = difference < 0 ? [other, one] : [one, other];
  const sign = difference < 0 ? -1 : 1;
  const ends = interval.map((end) => points(sign * end)).sort((low, high) => Number(low) - Number(high));
  const certain = interval[0] > 0 || interval[1] < 0;
  const verdict = `the ${better} profile is right on ${points(sign * difference)} more texts of 100 than the ${worse} one`;
  const range = `on the same ${texts} test texts (95 % interval ${ends.join(' to ')})`;
  return `${verdict}, ${range}${certain ? '' : '; so few texts do not tell which is better'}`;
}

function points(share: number): string {
  return (100 * share).toFixed(1);
}
