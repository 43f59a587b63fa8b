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
      line: info.lines,
      text: record[columns.text],
      intent: record[columns.intent],
    }));
  };

function parseRecords(path: string, content: string, delimiter: string, columns: Columns): Parsed[] {
  try {
    return parse(content, {
      columns: (header: string[]) => checkHeader(path, header, columns),
      delimiter,
      info: true,
      // Tab separated files hold bare quotes.
      relax_quotes: delimiter === '\t',
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DataError(`${path}:${error.lines}: ${error.message}`, { cause: error });
  }
}

function checkHeader(path: string, header: string[], { text, intent }: Columns): string[] {
  const missing = [text, intent].filter((name) => !header.includes(name));
  if (missing.length === 0) return header;
  throw new DataError(
    `${path}:1: expected the columns ${text} and ${intent}, got ${header.join(', ')}; ` +
      `add ${missing.join(' and ')}, or name the columns that hold them`,
  );
}
