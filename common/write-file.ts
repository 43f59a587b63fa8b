import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Writes a file beside its place, syncs it to disk and renames it: no reader and no crash ever meets half of it. */
export async function writeFileWhole(path: string, content: string | Buffer, mode?: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, content, mode === undefined ? {} : { mode });
}
