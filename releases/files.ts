import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of a release. */
export interface ReleaseEntry {
  path: string;
  content: Buffer;
  executable?: boolean;
}

/** All files below a folder, for the release under a prefix. */
export async function readFolder(folder: string, prefix: string): Promise<ReleaseEntry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    found.map(async (path) => ({ path: prefix + path.slice(folder.length), content: await readFile(path) })),
  );
}
