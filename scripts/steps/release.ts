import { artifactFolder, releasesFolder } from '../../common/paths.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { trainArtifact } from '../../model/training/train-artifact.ts';
import { buildPage } from '../../monitoring/page/build.ts';
import { type PackedRelease, packMonitoring, packRelease } from '../../releases/pack.ts';
import { tryRelease } from '../../releases/trial.ts';
import {
  type MonitoringArchive,
  monitoringArchive,
  type ReleaseArchive,
  releaseArchive,
} from '../../stacks/release-archive.ts';
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

/** Packs what the monitoring machine runs; undefined where the stage has none. */
export async function packStageMonitoring({ settings }: Stage, report: Report): Promise<MonitoringArchive | undefined> {
  if (!settings.monitoring.enabled) return undefined;
  const { path, sha256 } = await packMonitoring({ page: await buildPage(), output: releasesFolder, onStep: report });
  return monitoringArchive(path, sha256);
}

/** Starts a packed release on this machine and asks it the examples of its model; the title of the step tells the outcome. */
export const trial = {
  title: 'Try the release on this machine',
  task: async (
    { release }: { release: Pick<PackedRelease, 'path' | 'sha256'> },
    task: { title: string },
  ): Promise<void> => {
    const asked = await tryRelease(release);
    task.title = `${trial.title}: ${asked === undefined ? 'it passed before' : `${asked} examples answered`}`;
  },
};
