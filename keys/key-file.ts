import { readFile, utimes } from 'node:fs/promises';
import type { NamedApiKey } from '../common/api-keys/record.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';

/** Writes the keys that workers read; where they are the same as before, sets only the time at which they were read. */
export async function writeKeyFile(path: string, keys: readonly NamedApiKey[]): Promise<'written' | 'unchanged'> {
  const content = `${JSON.stringify({ keys }, null, 2)}\n`;
  if ((await readFile(path, 'utf8').catch(unlessMissing)) === content) {
    const now = new Date();
    await utimes(path, now, now);
    return 'unchanged';
  }
  await writeFileWhole(path, content, 0o640);
  return 'written';
}
