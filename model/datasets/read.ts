import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { sha256 } from '../../common/checksum.ts';
import { parseDelimited } from './delimited.ts';
import { type Columns, DataError, type Dataset, type Example, type RawRow } from './example.ts';
import { parseJsonLines } from './json-lines.ts';

type Parse = (path: string, content: string, columns: Columns) => RawRow[];

const parsers: Record<string, Parse> = {
  '.csv': (...file) => parseDelimited(',', ...file),
  '.tsv': (...file) => parseDelimited('\t', ...file),
  '.jsonl': parseJsonLines,
  '.ndjson': parseJsonLines,
};

/** Training texts may not be empty; golden texts may. */
type EmptyTexts = 'refuse' | 'keep';

/** Reads labelled texts from a CSV, TSV or JSON Lines file in UTF-8, with or without a byte order mark. */
export async function readDataset(path: string, columns: Columns, emptyTexts: EmptyTexts = 'refuse'): Promise<Dataset> {
  const parse = parsers[extname(path).toLowerCase()];
  if (!parse) throw new DataError(`${path}: expected a file that ends in ${Object.keys(parsers).join(', ')}`);
  const bytes = await readBytes(path);
  const rows = parse(path, decode(path, bytes), columns);
  const examples = rows.map((row) => checkRow(path, columns, row, emptyTexts));
  if (examples.length === 0) throw new DataError(`${path}: expected labelled texts, got no rows`);
  return { path, sha256: sha256(bytes), examples };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`${path}: cannot be read (${code}); name a file of labelled texts`, { cause: error });
  }
}

function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DataError(`${path}:${lineOfBadByte(bytes)}: expected UTF-8, got other bytes; save the file as UTF-8`, {
      cause: error,
    });
  }
}

// The first line that does not survive a round trip, counted from 1.
function lineOfBadByte(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n');
  return lines.findIndex((line) => Buffer.from(line, 'latin1').toString('utf8').includes('\uFFFD')) + 1;
}

function checkRow(path: string, columns: Columns, { line, text, intent }: RawRow, emptyTexts: EmptyTexts): Example {
  return {
    line,
    text: checkText(`${path}:${line}: expected ${columns.text}`, text, emptyTexts),
    intent: checkText(`${path}:${line}: expected ${columns.intent}`, intent, 'refuse').trim(),
  };
}

function checkText(expected: string, value: unknown, emptyTexts: EmptyTexts): string {
  if (typeof value !== 'string') throw new DataError(`${expected} to be text, got ${JSON.stringify(value)}`);
  if (emptyTexts === 'refuse' && value.trim() === '') throw new DataError(`${expected} not to be empty`);
  return value;
}
