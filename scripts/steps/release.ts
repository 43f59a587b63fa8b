import { writeArtifact } from '../../model/artifact/write.ts';
import { readSources } from '../../model/sources.ts';
import { trainModel } from '../../model/train.ts';
import { type ReleaseFile, releaseFile } from '../../stacks/release-file.ts';
import type { Stage } from '../../stages/load.ts';
import { artifactFolder, releasesFolder } from '../paths.ts';
import { packRelease } from '../release/pack.ts';

type Report = (line: string) => void;

/** Learns the stage's model and writes it as an artifact. */
export async function trainStage({ settings }: Stage, report: Report): Promise<void> {
  const sources = await readSources(settings.model);
  const artifact = await trainModel(sources, settings.model, async (step, share) => {
    report(`${step} ${Math.round(share * 100)} %`);
    await new Promise(setImmediate);
  });
  await writeArtifact(artifact, artifactFolder);
}

/** Packs the artifact, the service, the bootstrap and the runtime into a release. */
export async function packStage(report: Report): Promise<ReleaseFile> {
  const { path, sha256, size } = await packRelease({
    artifact: artifactFolder,
    output: releasesFolder,
    onStep: report,
  });
  report(`${sha256.slice(0, 16)}, ${(size / 1_000_000).toFixed(1)} MB`);
  return releaseFile(path, sha256);
}
