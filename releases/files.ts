import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../common/checksum.ts';

/** One file in a release. */
export interface ReleaseEntry {
  path: string;
  content: Buffer;
  sha256: string;
  executable: boolean;
}

/** Makes a file of a release. */
export function releaseEntry(path: string, content: Buffer, { executable = false } = {}): ReleaseEntry {
  return { path, content, sha256: sha256(content), executable };
}

/** Reads all files below a folder; their paths in the release begin with `prefix`. */
export async function readFolder(folder: string, prefix: string): Promise<ReleaseEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(found.map(async (path) => releaseEntry(prefix + path.slice(folder.length), await readFile(path))));
}
