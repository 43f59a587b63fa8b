import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UserError } from '../common/errors.ts';
import { loadDatasets } from '../model/datasets/load.ts';
import { readDataset } from '../model/datasets/read.ts';
import type { ModelSettings } from '../model/settings.ts';

const labelled = ['.csv', '.tsv', '.jsonl', '.ndjson'];

/** Reads the texts to send: of labelled data, of a file with one on each line, or the test texts of the model. */
export async function readTexts(path: string | undefined, settings: ModelSettings): Promise<string[]> {
  if (path === undefined) return (await loadDatasets(settings)).test.examples.map(({ text }) => text);
  if (!labelled.includes(extname(path).toLowerCase())) return readLines(path);
  return (await readDataset(path, settings.columns)).examples.map(({ text }) => text);
}

async function readLines(path: string): Promise<string[]> {
  const content = await readFile(path, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`TEXTS=${path}: expected a file that can be read, got ${code}`);
  });
  const lines = content.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new UserError(`TEXTS=${path}: expected a text on each line, got none`);
  return lines;
}
