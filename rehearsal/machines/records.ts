import { cp, lstat, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of logs that are kept of a machine, and the number of removed machines that have records. */
export interface RecordLimits {
  bytes: number;
  machines: number;
}

const defaultLimits: RecordLimits = { bytes: 64 * 1024 * 1024, machines: 50 };

/** Copies the logs in a folder of a machine, except for files beyond the limit. A machine without logs has no copy. */
export async function keepLogs(from: string, to: string, { bytes } = defaultLimits): Promise<void> {
  let left = bytes;
  const filter = async (source: string) => {
    const entry = await lstat(source);
    if (!entry.isFile()) return entry.isDirectory();
    if (entry.size > left) return false;
    left -= entry.size;
    return true;
  };
  await cp(from, to, { recursive: true, force: true, filter }).catch(() => undefined);
}

/** Removes the oldest records beyond the limit from the folder of all machines' records, except for those of `running`. */
export async function pruneRecords(
  folder: string,
  running: { has: (machine: string) => boolean },
  { machines } = defaultLimits,
): Promise<void> {
  const removed = (await readdir(folder)).filter((machine) => !running.has(machine));
  const dated = await Promise.all(
    removed.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = dated.sort((left, right) => right.at - left.at).slice(machines);
  for (const { name } of oldest) await rm(join(folder, name), { recursive: true, force: true });
}
