import { parse } from 'csv-parse/sync';
import { UserError } from '../common/errors.ts';
import { findSeparator } from '../model/datasets/separator.ts';
import type { Format } from './formats.ts';

/** How the records of an input are read. */
export interface Layout {
  readonly format: Format;
  /** As TextDecoder names it. */
  readonly encoding: string;
  /** Of separated values: what separates the fields. */
  readonly separator: string;
  /** Of separated values: the names of the columns. */
  readonly names: readonly string[];
  /** The column, or key, that holds the texts. */
  readonly column: string;
}

interface Head {
  /** Names the input in errors. */
  place: string;
  format: Format;
  encoding: string;
  /** The first record with its line break, where the format has a header. */
  header: string;
  column: string;
}

/** Returns the layout of an input, after its first record. */
export function layoutOf({ place, format, encoding, header, column }: Head): Layout {
  if (format === 'jsonl' || format === 'lines') return { format, encoding, separator: '', names: [], column };
  const separator = format === 'tsv' ? '\t' : findSeparator(header, { text: column, intent: column }).separator;
  const [record = []] = parse(header, { delimiter: separator, bom: true, relax_quotes: true }) as string[][];
  const names = record.map((name) => name.trim());
  const found = names.filter((name) => name === column).length;
  if (found === 1) return { format, encoding, separator, names, column };
  const expected = found === 0 ? `the column ${column}` : `one column ${column}`;
  throw new UserError(
    `${place}:1: expected ${expected}, got ${names.join(', ')}; name the column that holds the texts: TEXT_COLUMN=name`,
  );
}
