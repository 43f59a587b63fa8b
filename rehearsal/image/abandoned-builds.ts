import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identify } from '../../common/processes.ts';

const prefix = '.building-';

/** Creates a folder for a build by this process. */
export function createBuildFolder(cache: string): Promise<string> {
  return mkdtemp(join(cache, `${prefix}${process.pid}-`));
}

/** Removes the build folders of processes that have ended, which were killed during the build. */
export async function removeAbandonedBuilds(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : undefined;
    if (pid && !identify(pid)) await rm(join(cache, name), { recursive: true, force: true });
  }
}
