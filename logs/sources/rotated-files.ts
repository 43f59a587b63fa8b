import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unlessMissing } from '../../common/unless-missing.ts';

export interface OpenedFile {
  handle: FileHandle;
  /** What stays the same when the file is renamed. */
  inode: number;
  size: number;
  /** When it was last written to, in milliseconds since 1970. */
  writtenAt: number;
}

/** Opens a log file and those that were rotated away, oldest first: `access.log.2`, `access.log.1`, `access.log`. */
export async function openRotated(path: string): Promise<OpenedFile[]> {
  const folder = dirname(path);
  const names = (await readdir(folder).catch(unlessMissing)) ?? [];
  const numbered = names.flatMap((name) => numberOf(name, basename(path)) ?? []).toSorted((one, other) => other - one);
  const files: OpenedFile[] = [];
  for (const number of numbered) {
    const file = await openFile(join(folder, number === 0 ? basename(path) : `${basename(path)}.${number}`));
    if (file) files.push(file);
  }
  return files;
}

// The log itself has the number 0.
function numberOf(name: string, log: string): number | undefined {
  if (name === log) return 0;
  const number = name.startsWith(`${log}.`) ? name.slice(log.length + 1) : '';
  return /^\d+$/.test(number) ? Number(number) : undefined;
}

async function openFile(path: string): Promise<OpenedFile | undefined> {
  const handle = await open(path).catch(unlessMissing);
  if (!handle) return undefined;
  const { ino: inode, size, mtimeMs: writtenAt } = await handle.stat();
  return { handle, inode, size, writtenAt };
}
