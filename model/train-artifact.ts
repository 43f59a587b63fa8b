import { type Artifact, writeArtifact } from './artifact/write.ts';
import { type DataReport, reportOn } from './datasets/report.ts';
import type { ModelSettings } from './settings.ts';
import { readSources } from './sources.ts';
import { type OnProgress, trainModel } from './train.ts';

/** Where an artifact goes unless something else is said. */
export const ARTIFACT_FOLDER = 'build/artifact';

/** Reads, reports, trains and writes: settings in, an artifact's folder out. */
export async function trainArtifact(
  settings: ModelSettings,
  folder: string,
  onProgress?: OnProgress,
): Promise<{ artifact: Artifact; report: DataReport }> {
  const sources = await readSources(settings);
  const report = reportOn(sources);
  const artifact = await trainModel(sources, settings, onProgress);
  await writeArtifact(artifact, folder);
  return { artifact, report };
}
