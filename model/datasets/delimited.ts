import { finished } from 'node:stream/promises';
import { CsvError, type InfoRecord, type Parser, parse as parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { ReportShare } from '../../common/in-turns.ts';
import { guessColumns, howToName } from './columns.ts';
import { type Columns, DataError, type ParsedRows, type RawRow } from './example.ts';
import { findSeparator, type Separation, separators } from './separator.ts';

interface Source extends Separation {
  path: string;
  content: string;
  columns: Columns;
}

/** Parses separated values, whatever separates them; quoted fields may hold line breaks. */
export async function parseDelimited(
  path: string,
  content: string,
  columns: Columns,
  report: ReportShare,
): Promise<ParsedRows> {
  const separation = findSeparator(content, columns);
  const { separator, isNamed } = separation;
  const isUsual = isNamed || separator === ',';
  return {
    rows: await rowsOf({ path, content, columns, ...separation }, report),
    separatedBy: isUsual ? undefined : separators[separator],
  };
}

/** Parses tab separated values. */
export async function parseTabbed(
  path: string,
  content: string,
  columns: Columns,
  report: ReportShare,
): Promise<ParsedRows> {
  return { rows: await rowsOf({ path, content, columns, separator: '\t', isNamed: false }, report) };
}

// The parser reports the line where a row ends; the line breaks in its fields lead back to its first line.
function firstLine(record: Record<string, string>, { lines }: InfoRecord): number {
  return lines - Object.values(record).reduce((breaks, field) => breaks + field.split(/\r\n|\r|\n/).length - 1, 0);
}

async function rowsOf(source: Source, report: ReportShare): Promise<RawRow[]> {
  const { path, columns, separator, isNamed } = source;
  const rows: RawRow[] = [];
  let last = 0;
  const records = parser({
    columns: (header: string[]) => checkHeader(source, header),
    delimiter: separator,
    from_line: isNamed ? 2 : 1,
    // What is kept of a record are two of its fields, so that many rows take little memory.
    on_record: (record: Record<string, string>, info: InfoRecord) => {
      last = info.lines;
      rows.push({ line: firstLine(record, info), text: record[columns.text], intent: record[columns.intent] });
      return null;
    },
    // Tab separated files contain unescaped quotes.
    relax_quotes: separator === '\t',
    skip_empty_lines: true,
  });
  try {
    await feed(records, source.content, report);
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DataError(`${path}:${csvProblem(error, last)}`, { cause: error });
  }
}

const bytesAtOnce = 500_000;

async function feed(records: Parser, content: string, report: ReportShare): Promise<void> {
  const end = finished(records.resume());
  // What fails is thrown where the end is awaited.
  end.catch(() => {});
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length && !records.destroyed; at += bytesAtOnce) {
    records.write(bytes.subarray(at, at + bytesAtOnce));
    await report(at / bytes.length);
  }
  records.end();
  await end;
}

function csvProblem({ code, lines, message, columns, record }: CsvError, last: number): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return `${last + 1}: expected the quote that opens in this row to be closed, got the end of the file; double a quote inside quotes`;
  }
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return `${lines}: expected ${(columns as string[]).length} fields, as in the first line, got ${(record as string[]).length}; put quotes around a field that holds the separator`;
  }
  return `${lines}: ${message}`;
}

function checkHeader(source: Source, header: string[]): string[] {
  const { path, isNamed } = source;
  const { text, intent } = source.columns;
  const place = `${path}:${isNamed ? 2 : 1}`;
  const names = header.map((name) => name.trim());
  const found = (wanted: string): number => names.filter((name) => name === wanted).length;
  if (found(text) === 0 || found(intent) === 0)
    throw new DataError(
      `${place}: expected the columns ${text} and ${intent}, got ${names.join(', ')}; ${proposal(source, names)}`,
    );
  const twice = [text, intent].find((name) => found(name) > 1);
  if (twice === undefined) return names;
  throw new DataError(`${place}: expected one column ${twice}, got ${found(twice)}; rename the others`);
}

const rowsForProposal = 1000;

function proposal(source: Source, names: readonly string[]): string {
  const guess = guessColumns(names, firstRows(source, names));
  return guess ? howToName(guess) : 'write a first line that names two columns: text,intent';
}

// What cannot be parsed is refused later, once the columns are known.
function firstRows({ content, separator, isNamed }: Source, names: readonly string[]): Record<string, string>[] {
  try {
    return parse(content, {
      columns: [...names],
      ...{ delimiter: separator, from_line: isNamed ? 3 : 2, to: rowsForProposal },
      ...{ relax_quotes: true, relax_column_count: true, skip_empty_lines: true },
    });
  } catch {
    return [];
  }
}
