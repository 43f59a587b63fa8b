import { basename } from 'node:path';
import type { Artifact } from '../model/artifact/artifact.ts';
import { bundle } from './bundle.ts';
import { type ReleaseEntry, readFolder, releaseEntry } from './files.ts';
import { releaseManifest } from './manifest.ts';
import { readRuntime } from './runtime.ts';
import { bootstrapFile, type ReleaseSources, runtimeFile, serviceFile, shipperFile } from './sources.ts';

export interface EntriesProps {
  artifact: Artifact;
  sources: ReleaseSources;
}

/** Makes all files of a release, sorted by path; the manifest comes last. */
export async function releaseEntries({ artifact, sources }: EntriesProps): Promise<ReleaseEntry[]> {
  const { version, examples } = artifact.manifest;
  const files = await collectFiles(artifact, sources);
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return [...sorted, releaseManifest(sorted, { node: process.versions.node, model: version, examples })];
}

async function collectFiles({ files }: Artifact, sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const [runtime, service, bootstrap, shipper, templates] = await Promise.all([
    readRuntime(sources.runtime),
    bundle(sources.service, sources.root),
    bundle(sources.bootstrap, sources.root),
    bundle(sources.shipper, sources.root),
    readFolder(sources.templates, `bootstrap/${basename(sources.templates)}`),
  ]);
  return [
    releaseEntry(runtimeFile, runtime, { executable: true }),
    releaseEntry(serviceFile, service),
    releaseEntry(bootstrapFile, bootstrap),
    releaseEntry(shipperFile, shipper),
    ...templates,
    ...Object.entries(files).map(([name, content]) => releaseEntry(`artifact/${name}`, content)),
  ];
}
