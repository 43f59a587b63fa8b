import type { Manifest } from '../artifact/manifest.ts';
import { assertReplaceable, writeArtifact } from '../artifact/write.ts';
import type { ModelSettings } from '../settings.ts';
import { readSources } from '../sources.ts';
import { type OnProgress, trainModel } from './train.ts';

/** Reads, trains and writes: settings in, an artifact's folder out. */
export async function trainArtifact(
  settings: ModelSettings,
  folder: string,
  onProgress?: OnProgress,
): Promise<Manifest> {
  assertReplaceable(folder);
  const artifact = await trainModel(await readSources(settings), settings, onProgress);
  writeArtifact(artifact, folder);
  return artifact.manifest;
}
