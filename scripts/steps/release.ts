import { artifactFolder, releasesFolder } from '../../common/paths.ts';
import { releaseIdOf } from '../../common/release-id.ts';
import type { Artifact } from '../../model/artifact/artifact.ts';
import { readArtifact } from '../../model/artifact/read.ts';
import { parseReference } from '../../model/model-reference.ts';
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
import { stageRegistry } from './registry.ts';

type Report = (line: string) => void;

/** Returns the stage's model: the version of the registry or the artifact that it names, or one that is trained now and written. */
export async function provideModel(stage: Stage, report: Report): Promise<Artifact> {
  const { registry: reference, artifact: folder } = stage.settings.model;
  if (folder !== undefined) {
    report(`the artifact in ${folder}`);
    return readArtifact(folder);
  }
  if (reference === undefined) return trainArtifact(stage.settings.model, artifactFolder, trainingProgress(report));
  const { name, selector } = parseReference(reference);
  const registry = stageRegistry(stage);
  const record = await registry.find(selector);
  report(`version ${record.version} of ${name}`);
  return registry.artifact(record);
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
