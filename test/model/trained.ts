import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { sha256 } from '../../common/checksum.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { type Classifier, openArtifact } from '../../model/artifact/open.ts';
import { writeArtifact } from '../../model/artifact/write.ts';
import type { Dataset, Example } from '../../model/datasets/example.ts';
import type { DatasetSplits } from '../../model/datasets/load.ts';
import { featuresSchema } from '../../model/features/features.ts';
import { type ModelSettings, modelSettings } from '../../model/settings.ts';
import { trainModel } from '../../model/training/train.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallSet } from './texts.ts';
import { smallVectors } from './vectors/small-wheel.ts';

/** A dataset of these examples, as if a file had been read. */
export function datasetOf(examples: readonly Example[]): Dataset {
  return { path: 'small.csv', examples, sha256: sha256(JSON.stringify(examples)) };
}

/** The small set, for training and for testing. */
export const smallSplits: DatasetSplits = { train: datasetOf(smallSet), test: datasetOf(smallSet) };

/** Words and characters, keeping every feature. */
export const plainFeatures = featuresSchema.parse({
  minimumTexts: 1,
  blocks: [{ kind: 'words' }, { kind: 'characters' }],
});

/** Settings with plain features and some changes. */
export function settingsWith(changes: object = {}): ModelSettings {
  return modelSettings.parse({ features: plainFeatures, ...changes });
}

/** Trains an artifact in milliseconds. */
export function trainSmall(changes: object = {}, splits = smallSplits): Promise<Artifact> {
  return trainModel(splits, settingsWith(changes));
}

/** Trains an artifact of the semantic profile, with the token vectors of a small wheel. */
export function trainSemantic(changes: object = {}, splits = smallSplits): Promise<Artifact> {
  return trainModel(splits, settingsWith({ profile: 'semantic', ...changes }), undefined, smallVectors);
}

/** Trains an artifact, writes it to a temporary folder and opens it. */
export async function openSmall(t: ExecutionContext, changes: object = {}): Promise<Classifier> {
  const folder = join(await temporaryFolder(t), 'model');
  writeArtifact(await trainSmall(changes), folder);
  return openArtifact(folder);
}
