import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { guessColumns, howToName } from './columns.ts';
import { type Columns, DataError, type ParsedRows } from './example.ts';
import { findSeparator, type Separation, separators } from './separator.ts';

interface Source extends Separation {
  path: string;
  content: string;
  columns: Columns;
}

interface Parsed {
  record: Record<string, string>;
  info: InfoRecord;
}

/** Parses separated values, whatever separates them; quoted fields may hold line breaks. */
export function parseDelimited(path: string, content: string, columns: Columns): ParsedRows {
  const separation = findSeparator(content, columns);
  const { separator, isNamed } = separation;
  const isUsual = isNamed || separator === ',';
  return {
    rows: rowsOf({ path, content, columns, ...separation }),
    separatedBy: isUsual ? undefined : separators[separator],
  };
}

/** Parses tab separated values. */
export function parseTabbed(path: string, content: string, columns: Columns): ParsedRows {
  return { rows: rowsOf({ path, content, columns, separator: '\t', isNamed: false }) };
}

function rowsOf(source: Source): ParsedRows['rows'] {
  const { text, intent } = source.columns;
  return parseRecords(source).map(({ record, info }) => ({
    line: firstLine(record, info),
    text: record[text],
    intent: record[intent],
  }));
}

// The parser reports the line where a row ends; the line breaks in its fields lead back to its first line.
function firstLine(record: Record<string, string>, { lines }: InfoRecord): number {
  return lines - Object.values(record).reduce((breaks, field) => breaks + field.split(/\r\n|\r|\n/).length - 1, 0);
}

function parseRecords(source: Source): Parsed[] {
  const { path, content, separator, isNamed } = source;
  let last = 0;
  try {
    return parse(content, {
      columns: (header: string[]) => checkHeader(source, header),
      delimiter: separator,
      from_line: isNamed ? 2 : 1,
      info: true,
      on_record: (parsed, { lines }) => {
        last = lines;
        return parsed;
      },
      // Tab separated files contain unescaped quotes.
      relax_quotes: separator === '\t',
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DataError(`${path}:${csvProblem(error, last)}`, { cause: error });
  }
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
