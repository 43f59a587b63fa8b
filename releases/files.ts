import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file in a release. */
export interface ReleaseEntry {
  path: string;
  content: Buffer;
  executable?: boolean;
}

/** Reads all files below a folder; their paths in the release begin with `prefix`. */
export async function readFolder(folder: string, prefix: string): Promise<ReleaseEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    found.map(async (path) => ({ path: prefix + path.slice(folder.length), content: await readFile(path) })),
  );
}
