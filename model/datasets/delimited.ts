import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { type Columns, DataError } from './example.ts';
import type { RawRow } from './read.ts';

interface Parsed {
  record: Record<string, string>;
  info: InfoRecord;
}

/** Makes the parser of comma or tab separated values: quoted fields may hold line breaks. */
export const parseDelimited =
  (delimiter: string) =>
  (path: string, content: string, columns: Columns): RawRow[] => {
    const parsed = parseRecords(path, content, delimiter, columns);
    return parsed.map(({ record, info }) => ({
      line: firstLine(record, info),
      text: record[columns.text],
      intent: record[columns.intent],
    }));
  };

// The parser tells where a row ends; line breaks inside its fields lie between that and where it begins.
const firstLine = (record: Record<string, string>, { lines }: InfoRecord): number =>
  lines - Object.values(record).reduce((breaks, field) => breaks + field.split(/\r\n|\r|\n/).length - 1, 0);

function parseRecords(path: string, content: string, delimiter: string, columns: Columns): Parsed[] {
  let last = 0;
  try {
    return parse(content, {
      columns: (header: string[]) => checkHeader(path, header, columns),
      delimiter,
      info: true,
      on_record: (parsed, { lines }) => {
        last = lines;
        return parsed;
      },
      // Tab separated files hold bare quotes.
      relax_quotes: delimiter === '\t',
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DataError(`${path}:${describe(error, last)}`, { cause: error });
  }
}

function describe({ code, lines, message, columns, record }: CsvError, last: number): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return `${last + 1}: expected the quote that opens in this row to be closed, got the end of the file; double a quote inside quotes`;
  }
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return `${lines}: expected ${count(columns)} fields, as in the first line, got ${count(record)}; put quotes around a field that holds the separator`;
  }
  return `${lines}: ${message}`;
}

const count = (fields: unknown): number => (Array.isArray(fields) ? fields.length : 0);

function checkHeader(path: string, header: string[], { text, intent }: Columns): string[] {
  const names = header.map((name) => name.trim());
  const found = (wanted: string): number => names.filter((name) => name === wanted).length;
  const missing = [text, intent].filter((name) => found(name) === 0);
  if (missing.length > 0) {
    throw new DataError(
      `${path}:1: expected the columns ${text} and ${intent}, got ${names.join(', ')}; ` +
        `add ${missing.join(' and ')}, or name the columns that hold them`,
    );
  }
  const twice = [text, intent].find((name) => found(name) > 1);
  if (twice === undefined) return names;
  throw new DataError(`${path}:1: expected one column ${twice}, got ${found(twice)}; rename the others`);
}
