import type { Artifact } from '../artifact/artifact.ts';
import { assertReplaceable, writeArtifact } from '../artifact/write.ts';
import { loadDatasets } from '../datasets/load.ts';
import type { ModelSettings } from '../settings.ts';
import type { OnProgress } from './learn.ts';
import { trainModel } from './train.ts';

/** Trains a model from the files that the settings name, and writes its artifact to a folder. */
export async function trainArtifact(
  settings: ModelSettings,
  folder: string,
  onProgress?: OnProgress,
): Promise<Artifact> {
  assertReplaceable(folder);
  const artifact = await trainModel(await loadDatasets(settings), settings, onProgress);
  writeArtifact(artifact, folder);
  return artifact;
}
