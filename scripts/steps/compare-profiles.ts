import { existsSync } from 'node:fs';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { createClassifier } from '../../model/artifact/open.ts';
import type { DatasetSplits } from '../../model/datasets/load.ts';
import { describePaired } from '../../model/evaluation/describe-paired.ts';
import { pairedDifference } from '../../model/evaluation/paired.ts';
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
  const paired = pairedDifference(one.predict, two.predict, texts);
  return describePaired(`the ${artifact.manifest.profile} profile`, `the ${other} one`, paired);
}
