import { CsvError, parse } from 'csv-parse/sync';
import { parseJson } from '../common/parse-json.ts';
import type { Layout } from './layout.ts';

/** A record with a text. */
export interface Row {
  readonly line: number;
  readonly text: string;
  /** What it has in each column, or by each key. */
  readonly values: readonly string[] | Readonly<Record<string, unknown>>;
}

/** A record that cannot be answered. */
export interface BadLine {
  readonly line: number;
  /** What was expected, and what came. */
  readonly reason: string;
}

/** The records of a chunk. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly bad: readonly BadLine[];
}

/**
 * Reads whole records of an input; the first begins on line `firstLine`. `check` returns why a text cannot be answered. A line
 * without anything is no record.
 */
export function readRows(
  content: string,
  firstLine: number,
  layout: Layout,
  check: (text: unknown) => string | undefined,
): Rows {
  const found: { rows: Row[]; bad: BadLine[] } = { rows: [], bad: [] };
  const add = (line: number, text: unknown, values: Row['values']): void => {
    const reason = check(text);
    if (reason === undefined) found.rows.push({ line, text: text as string, values });
    else found.bad.push({ line, reason });
  };
  if (layout.format === 'lines') {
    for (const [line, text] of linesOf(content, firstLine)) add(line, text, [text]);
  } else if (layout.format === 'jsonl') {
    for (const [line, source] of linesOf(content, firstLine)) readObject(source, line, layout.column, add, found.bad);
  } else readSeparated(content, firstLine, layout, add, found.bad);
  return found;
}

function linesOf(content: string, firstLine: number): [line: number, text: string][] {
  return content
    .split('\n')
    .map((text, at): [number, string] => [firstLine + at, text.endsWith('\r') ? text.slice(0, -1) : text])
    .filter(([, text]) => text.trim() !== '');
}

type Add = (line: number, text: unknown, values: Row['values']) => void;

function readObject(source: string, line: number, key: string, add: Add, bad: BadLine[]): void {
  const value = parseJson(source);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    bad.push({ line, reason: `expected a JSON object, got ${source.slice(0, 60)}` });
  } else if (!Object.hasOwn(value, key)) {
    bad.push({ line, reason: `expected the key ${key}, got ${Object.keys(value).join(', ')}` });
  } else add(line, (value as Record<string, unknown>)[key], value as Record<string, unknown>);
}

function readSeparated(content: string, firstLine: number, layout: Layout, add: Add, bad: BadLine[]): void {
  const { separator, names, column } = layout;
  const at = names.indexOf(column);
  // Counted here, because the parser's own numbers cost a record with details for each row.
  let line = firstLine;
  const onRecord = (record: string[]): null => {
    if (record.length === names.length) add(line, record[at], record);
    else if (record.length > 1 || record[0] !== '')
      bad.push({
        line,
        reason: `expected ${names.length} fields, as in the first line, got ${record.length}; put quotes around a field that holds the separator`,
      });
    line += 1;
    for (const field of record) if (field.includes('\n')) line += field.split('\n').length - 1;
    return null;
  };
  try {
    parse(content, {
      // A quote inside a field that has none around it is taken as it is.
      ...{ delimiter: separator, relax_column_count: true, relax_quotes: true },
      ...{ record_delimiter: ['\r\n', '\n'], on_record: onRecord },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    bad.push({ line, reason: 'expected the quote that opens in this row to be closed; double a quote inside quotes' });
  }
}
