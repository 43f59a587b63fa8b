import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { identify } from './processes.ts';

/**
 * Writes a draft beside the path, syncs it to disk and renames it, so that neither a reader nor a crash sees a partial file.
 * A symbolic link at the path is replaced. Removes drafts that killed processes have left in the directory.
 */
export async function writeFileWhole(path: string, content: string | Buffer, mode = 0o666): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandonedDrafts(folder);
  const draft = join(folder, `.draft-${process.pid}-${randomUUID()}-${basename(path)}`);
  try {
    await writeFile(draft, content, { mode, flag: 'wx', flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function removeAbandonedDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /^\.draft-(\d+)-/.exec(name) ?? [];
    if (pid && !identify(Number(pid))) await rm(join(folder, name), { force: true });
  }
}
