import { basename } from 'node:path';
import type { Example } from '../bootstrap/release.ts';
import { bundle } from './bundle.ts';
import { type ReleaseEntry, readFolder } from './files.ts';
import { releaseManifest } from './manifest.ts';
import { readRuntime } from './runtime.ts';
import { bootstrapFile, type ReleaseSources, runtimeFile, serviceFile } from './sources.ts';

export interface EntriesProps {
  /** Folder of the trained model. */
  artifact: string;
  /** Version of the model. */
  model: string;
  /** Texts with the intent that the service must answer for them. */
  examples: Example[];
  sources: ReleaseSources;
}

/** Makes all files of a release, sorted by path; the manifest comes last. */
export async function releaseEntries({ artifact, model, examples, sources }: EntriesProps): Promise<ReleaseEntry[]> {
  const files = await collectFiles(artifact, sources);
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return [...sorted, releaseManifest(sorted, { node: process.versions.node, model, examples })];
}

async function collectFiles(artifact: string, sources: ReleaseSources): Promise<ReleaseEntry[]> {
  const [runtime, service, bootstrap, templates, model] = await Promise.all([
    readRuntime(sources.runtime),
    bundle(sources.service, sources.root),
    bundle(sources.bootstrap, sources.root),
    readFolder(sources.templates, `bootstrap/${basename(sources.templates)}`),
    readFolder(artifact, 'artifact'),
  ]);
  return [
    { path: runtimeFile, content: runtime, executable: true },
    { path: serviceFile, content: service },
    { path: bootstrapFile, content: bootstrap },
    ...templates,
    ...model,
  ];
}
