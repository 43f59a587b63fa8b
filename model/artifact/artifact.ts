import type { ArtifactFile } from './checksums.ts';
import type { Manifest } from './manifest.ts';

export type ArtifactFiles = Readonly<Record<ArtifactFile, Buffer>>;

/** An artifact in memory: its manifest, in the current format, and the bytes of its files, in the format that they were written in. */
export interface Artifact {
  readonly manifest: Manifest;
  readonly files: ArtifactFiles;
}

/** Returns the size of an artifact's files in bytes. */
export function artifactBytes({ files }: Pick<Artifact, 'files'>): number {
  return Object.values(files).reduce((sum, { length }) => sum + length, 0);
}
