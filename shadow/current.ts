import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../common/parse-json.ts';
import { unlessMissing } from '../common/unless-missing.ts';
import { writeFileWhole } from '../common/write-file.ts';

const current = z.strictObject({ release: z.string().regex(/^[0-9a-f]{16}$/, '16 hexadecimal digits') });

export type CurrentShadow = z.infer<typeof current>;

/** The file that names the release to run, which is then in a folder of its name beside it. */
export const currentFile = 'current.json';

/** Returns which release in a folder is to run; undefined where none is. */
export async function readCurrent(folder: string): Promise<CurrentShadow | undefined> {
  const text = await readFile(join(folder, currentFile), 'utf8').catch(unlessMissing);
  return text === undefined ? undefined : current.safeParse(parseJson(text)).data;
}

/** Has a release run, once its folder is complete. */
export function writeCurrent(folder: string, { release }: CurrentShadow): Promise<void> {
  return writeFileWhole(join(folder, currentFile), `${JSON.stringify({ release })}\n`, 0o640);
}

/** Has no release run. */
export function removeCurrent(folder: string): Promise<void> {
  return rm(join(folder, currentFile), { force: true });
}
