import { join } from 'node:path';
import type { Manifest } from '../../model/artifact/manifest.ts';
import { trainArtifact } from '../../model/train-artifact.ts';
import { type ReleaseFile, releaseFile } from '../../stacks/release-file.ts';
import type { Stage } from '../../stages/load.ts';
import { artifactFolder, releasesFolder } from '../paths.ts';
import { packRelease } from '../release/pack.ts';
import { trainingProgress } from '../training-progress.ts';

type Report = (line: string) => void;

/** Learns the stage's model and writes it as an artifact. */
export function trainStage({ settings }: Stage, report: Report): Promise<Manifest> {
  return trainArtifact(settings.model, artifactFolder, trainingProgress(report));
}

/** Packs the artifact, the service, the bootstrap and the runtime into a release. */
export async function packStage(report: Report): Promise<ReleaseFile> {
  const { path, sha256, size } = await packRelease({
    artifact: artifactFolder,
    output: releasesFolder,
    onStep: report,
  });
  report(`${sha256.slice(0, 16)}, ${(size / 1_000_000).toFixed(1)} MB`);
  return releaseFile(path, sha256, join(artifactFolder, 'manifest.json'));
}
