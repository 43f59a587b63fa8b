import { join } from 'node:path';
import type { Manifest } from '../../model/artifact/manifest.ts';
import { trainArtifact } from '../../model/train-artifact.ts';
import { type ReleaseFile, releaseFile } from '../../stacks/release-file.ts';
import type { Stage } from '../../stages/load.ts';
import { artifactFolder, releasesFolder } from '../paths.ts';
import { packRelease } from '../release/pack.ts';

type Report = (line: string) => void;

/** Learns the stage's model and writes it as an artifact. */
export async function trainStage({ settings }: Stage, report: Report): Promise<Manifest> {
  const { artifact } = await trainArtifact(settings.model, artifactFolder, async (step, share) => {
    report(`${step} ${Math.round(share * 100)} %`);
    // Lets the line be drawn and Ctrl-C be heard.
    await new Promise(setImmediate);
  });
  return artifact.manifest;
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
