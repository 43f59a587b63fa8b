import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { sha256 } from '../../common/checksum.ts';
import type { ReportShare } from '../../common/in-turns.ts';
import { decodeText } from './decode.ts';
import { parseDelimited, parseTabbed } from './delimited.ts';
import { type Columns, DataError, type Dataset, type Example, type ParsedRows, type RawRow } from './example.ts';
import { parseJsonLines } from './json-lines.ts';

type Parse = (path: string, content: string, columns: Columns, report: ReportShare) => ParsedRows | Promise<ParsedRows>;

const parsers: Record<string, Parse> = {
  '.csv': parseDelimited,
  '.txt': parseDelimited,
  '.tsv': parseTabbed,
  '.jsonl': parseJsonLines,
  '.ndjson': parseJsonLines,
};

/** Training texts may not be empty; golden texts may. */
type EmptyTexts = 'refuse' | 'keep';

/** Reads labelled texts from a CSV, TSV or JSON Lines file; finds out its encoding, and what separates its fields. */
export async function readDataset(
  path: string,
  columns: Columns,
  emptyTexts: EmptyTexts = 'refuse',
  report: ReportShare = async () => {},
): Promise<Dataset> {
  const parse = parsers[extname(path).toLowerCase()];
  if (!parse)
    throw new DataError(`${path}: expected a file that ends in ${Object.keys(parsers).join(', ')}${hint(path)}`);
  const bytes = await readBytes(path);
  const { content, encoding } = await decodeText(path, bytes);
  const { rows, separatedBy } = await parse(path, content, columns, report);
  const examples = rows.map((row) => checkRow(path, columns, row, emptyTexts));
  if (examples.length === 0) throw new DataError(`${path}: expected labelled texts, got no rows`);
  const foundOut = [
    ...(encoding === 'utf-8' ? [] : [encoding]),
    ...(separatedBy ? [`separated by ${separatedBy}`] : []),
  ];
  return { path, sha256: sha256(bytes), examples, ...(foundOut.length > 0 && { foundOut: foundOut.join(', ') }) };
}

function hint(path: string): string {
  return /\.(?:xlsx?|ods|numbers)$/i.test(path) ? '; save the sheet as "CSV UTF-8"' : '';
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataError(`${path}: cannot be read (${code}); name a file of labelled texts`, { cause: error });
  }
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
