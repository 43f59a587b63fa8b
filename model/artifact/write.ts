import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKSUMS_FILE, checksumLines, MANIFEST_FILE, sha256, WEIGHTS_FILE } from './checksums.ts';
import { packTensors } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { namedTensors, type Weights } from './tensors.ts';

/** The manifest before its checksums are known. */
export type Draft = Omit<Manifest, 'version' | 'weights'>;

/** The files of an artifact. */
export interface Artifact {
  manifest: Manifest;
  files: Record<string, string | Uint8Array>;
}

/** Builds the files: the same draft and weights give the same bytes. */
export function buildArtifact(draft: Draft, weights: Weights): Artifact {
  const { tensors, bytes } = packTensors(namedTensors(weights));
  const described = {
    ...draft,
    weights: { file: WEIGHTS_FILE, size: bytes.byteLength, sha256: sha256(bytes), tensors },
  };
  const version = sha256(JSON.stringify(described)).slice(0, 12);
  const manifest = { version, ...described };
  const content = { [MANIFEST_FILE]: `${JSON.stringify(manifest, null, 2)}\n`, [WEIGHTS_FILE]: bytes };
  return { manifest, files: { ...content, [CHECKSUMS_FILE]: checksumLines(content) } };
}

/** Writes the folder beside its place and renames it in, so that an interrupted write leaves the old one whole. */
export async function writeArtifact({ files }: Artifact, folder: string): Promise<void> {
  const beside = `${folder}.new`;
  const old = `${folder}.old`;
  // What an interrupted write left behind.
  await removeAll([beside, old]);
  await mkdir(beside, { recursive: true });
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(beside, name), content)));
    await rename(folder, old).catch(ignoreMissing);
    await rename(beside, folder);
  } finally {
    await removeAll([beside, old]);
  }
}

const removeAll = (folders: string[]): Promise<unknown> =>
  Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
