import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder for this product. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'intent-fleet');
}

/** What `make` gave the last time for this key, or gives now. */
export async function cached(folder: string, key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const path = join(folder, key);
  const found = await readFile(path).catch(() => undefined);
  if (found) return found;
  const made = await make();
  await writeWhole(path, made);
  return made;
}

/** Writes a file beside its place and renames it, so that no reader and no interruption meets half of it. */
export async function writeWhole(path: string, content: Buffer): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, content);
  await rename(partial, path);
}
