import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failedAt } from './failed-at.ts';
import { identify } from './processes.ts';

const prefix = '.draft-';

/**
 * Writes a draft beside the path, syncs it to disk and renames it, so that neither a reader nor a crash sees a partial file.
 * A symbolic link at the path is replaced. Removes drafts that killed processes have left in the directory.
 */
export async function writeFileWhole(path: string, content: string | Buffer, mode = 0o666): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder, prefix);
  const draft = join(folder, `${prefix}${process.pid}-${randomUUID()}-${basename(path)}`);
  try {
    await writeFile(draft, content, { mode, flag: 'wx', flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    // A full disk names no path.
    throw failedAt(path, error);
  }
}

/** Removes entries of a folder whose names are `prefix` and the id of a process that has ended. */
export async function removeAbandoned(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : undefined;
    if (pid && !identify(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
