import { sha256 } from '../../common/checksum.ts';
import { UserError } from '../../common/errors.ts';

/** One labelled text and its line in the file. */
export interface Example {
  readonly text: string;
  readonly intent: string;
  readonly line: number;
}

/** A row of a file before it is checked. */
export interface RawRow {
  readonly line: number;
  readonly text: unknown;
  readonly intent: unknown;
}

/** A file of labelled texts. */
export interface Dataset {
  readonly path: string;
  /** Of the file; of held-out texts, which are a part of it, of these texts. */
  readonly sha256: string;
  readonly examples: readonly Example[];
  /** How it was read, where that had to be found out, such as `windows-1252, separated by semicolons`. */
  readonly foundOut?: string;
}

/** The rows of a file. */
export interface ParsedRows {
  readonly rows: readonly RawRow[];
  /** What separates their fields, such as `semicolons`; undefined where that is as usual. */
  readonly separatedBy?: string | undefined;
}

/** The checksum of texts and their intents, whatever file they come from. */
export function examplesDigest(examples: readonly Example[]): string {
  return sha256(JSON.stringify(examples.map(({ text, intent }) => [text, intent])));
}

/** The names of the two columns (of JSON Lines, the two keys) that are read. */
export interface Columns {
  readonly text: string;
  readonly intent: string;
}

/** A data file cannot be used: `path:line: expected …, got …`. */
export class DataError extends UserError {
  override readonly name = 'DataError';
}
