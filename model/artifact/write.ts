import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { failedAt } from '../../common/failed-at.ts';
import type { Artifact } from './artifact.ts';
import { artifactFiles } from './checksums.ts';
import { ArtifactError } from './error.ts';

/**
 * Writes the folder beside its place and renames it. Everything is synchronous, so that Ctrl-C takes effect before or
 * after, and an interrupted training leaves the old artifact whole.
 */
export function writeArtifact({ files }: Artifact, folder: string): void {
  assertReplaceable(folder);
  const target = resolve(folder);
  mkdirSync(dirname(target), { recursive: true });
  const staging = mkdtempSync(`${target}.`);
  try {
    const made = join(staging, 'new');
    mkdirSync(made);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content, { flush: true });
    replace(target, made, join(staging, 'old'));
  } catch (error) {
    throw failedAt(folder, error);
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

const replaceable = new Set<string>(artifactFiles);

/** Refuses a folder with any other file: replacing the folder would delete it. */
export function assertReplaceable(folder: string): void {
  const other = contentOf(folder).find((name) => !replaceable.has(name));
  if (other === undefined) return;
  throw new ArtifactError(
    `${folder}: expected an artifact's folder, an empty one or none, got one with ${other} in it; name another folder`,
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
