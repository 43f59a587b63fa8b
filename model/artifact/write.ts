import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sha256 } from '../../common/checksum.ts';
import { CHECKSUMS_FILE, checksumLines, MANIFEST_FILE, WEIGHTS_FILE } from './checksums.ts';
import { ArtifactError } from './error.ts';
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

/**
 * Writes the folder beside its place and renames it in. Nothing is awaited, so that Ctrl-C is heard before or after and an
 * interrupted training leaves the old artifact whole.
 */
export function writeArtifact({ files }: Artifact, folder: string): void {
  assertReplaceable(folder);
  const target = resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const staging = mkdtempSync(`${target}.`);
  try {
    const made = join(staging, 'new');
    mkdirSync(made);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
    replace(target, made, join(staging, 'old'));
  } finally {
    rmSync(staging, { recursive: true });
  }
}

function replace(target: string, made: string, old: string): void {
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(made, target);
  } catch (error) {
    if (existsSync(old)) renameSync(old, target);
    throw error;
  }
}

const own = new Set([MANIFEST_FILE, WEIGHTS_FILE, CHECKSUMS_FILE]);

/** Refuses a folder that holds anything but an artifact: what is replaced is gone, and it may be somebody's work. */
export function assertReplaceable(folder: string): void {
  const stranger = contentOf(folder).find((name) => !own.has(name));
  if (stranger === undefined) return;
  throw new ArtifactError(
    `${folder}: expected an artifact's folder, an empty one or none, got one with ${stranger} in it; name another folder`,
  );
}

function contentOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new ArtifactError(`${folder}: cannot be an artifact's folder (${code}); name another one`, { cause: error });
  }
}
