import { artifactFolder, releasesFolder } from '../../common/paths.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { trainArtifact } from '../../model/training/train-artifact.ts';
import { packRelease } from '../../releases/pack.ts';
import { type ReleaseArchive, releaseArchive } from '../../stacks/release-archive.ts';
import type { Stage } from '../../stages/load.ts';
import { trainingProgress } from '../command-line/training-progress.ts';

type Report = (line: string) => void;

/** Trains the stage's model and writes its artifact. */
export function trainStage({ settings }: Stage, report: Report): Promise<Artifact> {
  return trainArtifact(settings.model, artifactFolder, trainingProgress(report));
}

/** Packs runtime, service, bootstrap and artifact into a release. */
export async function packStage(artifact: Artifact, report: Report): Promise<ReleaseArchive> {
  const { path, manifest, sha256, size } = await packRelease({ artifact, output: releasesFolder, onStep: report });
  report(`${releaseIdOf(sha256)}, ${(size / 1_000_000).toFixed(1)} MB`);
  return releaseArchive(path, sha256, manifest);
}
