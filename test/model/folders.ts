import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { smallSet } from './texts.ts';

/** Creates a temporary folder with these files; it is removed at the end of the test. */
export async function folderWith(
  t: ExecutionContext,
  files: Record<string, string | Uint8Array> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

/** The rows of CSV for labelled texts, without a header. */
export function csvRows(examples: readonly { text: string; intent: string }[]): string {
  return examples.map(({ text, intent }) => `"${text}",${intent}\n`).join('');
}

/** The small set as a CSV file. */
export const smallCsv = `text,intent\n${csvRows(smallSet)}`;
