import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import { type Columns, DataError, type RawRow } from './example.ts';

interface Parsed {
  record: Record<string, string>;
  info: InfoRecord;
}

/** Parses comma or tab separated values; quoted fields may hold line breaks. */
export function parseDelimited(delimiter: string, path: string, content: string, columns: Columns): RawRow[] {
  return parseRecords(delimiter, path, content, columns).map(({ record, info }) => ({
    line: firstLine(record, info),
    text: record[columns.text],
    intent: record[columns.intent],
  }));
}

// The parser reports the line where a row ends; the line breaks in its fields lead back to its first line.
function firstLine(record: Record<string, string>, { lines }: InfoRecord): number {
  return lines - Object.values(record).reduce((breaks, field) => breaks + field.split(/\r\n|\r|\n/).length - 1, 0);
}

function parseRecords(delimiter: string, path: string, content: string, columns: Columns): Parsed[] {
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
      // Tab separated files contain unescaped quotes.
      relax_quotes: delimiter === '\t',
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
