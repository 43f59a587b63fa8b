import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../common/checksum.ts';
import type { Artifact, ArtifactFiles } from './artifact.ts';
import {
  type ArtifactFile,
  artifactFiles,
  checksumsFile,
  manifestFile,
  parseChecksums,
  weightsFile,
} from './checksums.ts';
import { ArtifactError, orRefuse } from './error.ts';
import { parseManifest } from './parse-manifest.ts';

type ReadFile = (path: string) => Promise<Buffer>;

/** Reads an artifact's folder into memory, each file once, and checks every byte against its checksum. */
export async function readArtifact(folder: string, read: ReadFile = readFile): Promise<Artifact> {
  const readOnce = async () => verifyArtifact(folder, await readFiles(folder, read));
  // A training may replace the folder between two reads.
  return readOnce().catch(readOnce);
}

/** Checks the files of an artifact against their checksums; `source` names it in errors. */
export function verifyArtifact(source: string, files: ArtifactFiles): Artifact {
  const sums = orRefuse(
    () => parseChecksums(files[checksumsFile].toString('utf8')),
    (reason) => `${join(source, reason)}; copy it again or train again`,
  );
  for (const file of [manifestFile, weightsFile] as const)
    assertChecksum(join(source, file), files[file], sums.get(file));
  return { manifest: parseManifest(join(source, manifestFile), files[manifestFile]), files };
}

async function readFiles(folder: string, read: ReadFile): Promise<ArtifactFiles> {
  const contents: [ArtifactFile, Buffer][] = [];
  for (const file of artifactFiles) contents.push([file, await readPart(join(folder, file), read)]);
  return Object.fromEntries(contents) as ArtifactFiles;
}

async function readPart(path: string, read: ReadFile): Promise<Buffer> {
  try {
    return await read(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ArtifactError(`${path}: cannot be read (${code}); is this an artifact? Train one with: make train`, {
      cause: error,
    });
  }
}

function assertChecksum(path: string, content: Buffer, expected: string | undefined): void {
  const got = sha256(content);
  if (got === expected) return;
  throw new ArtifactError(
    `${path}: expected SHA-256 ${expected ?? `in ${checksumsFile}`}, got ${got}: it was altered or cut short, or replaced ` +
      'while it was read; try again, copy it again or train again',
  );
}
