import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallSet } from './texts.ts';

/** Makes a folder with these files that is removed after the test. */
export async function folderWith(t: ExecutionContext, files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await temporaryFolder(t);
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

/** The rows of CSV for labelled texts, without a header. */
export function csvRows(examples: readonly { text: string; intent: string }[]): string {
  return examples.map(({ text, intent }) => `"${text}",${intent}\n`).join('');
}

/** The small set as a CSV file. */
export const smallCsv = `text,intent\n${csvRows(smallSet)}`;
