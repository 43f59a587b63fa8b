import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../common/cache-folder.ts';
import { removeAbandoned } from '../common/write-file.ts';

const prefix = '.building-';

/**
 * Builds a folder of the cache unless it exists, and returns its path. `build` makes a draft, which is renamed to its path
 * when it is finished, so that a folder is never incomplete. The drafts of processes that were killed are removed.
 */
export async function buildOnce(
  name: string,
  build: (draft: string, folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned(cacheFolder(), prefix);
  const building = await mkdtemp(join(cacheFolder(), `${prefix}${process.pid}-`));
  const draft = join(building, 'root');
  try {
    await build(draft, folder);
    await moveIntoPlace(draft, folder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return folder;
}

// Another checkout may have built it meanwhile.
async function moveIntoPlace(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
