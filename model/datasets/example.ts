import { UserError } from '../../common/errors.ts';

/** One labelled text and where it came from. */
export interface Example {
  readonly text: string;
  readonly intent: string;
  readonly line: number;
}

/** A file of labelled texts. */
export interface Dataset {
  readonly path: string;
  readonly sha256: string;
  readonly examples: readonly Example[];
}

/** The names of the two columns, or of the two keys of JSON Lines. */
export interface Columns {
  readonly text: string;
  readonly intent: string;
}

/** What is wrong with a data file: `path:line: what was expected and what came`. */
export class DataError extends UserError {
  override readonly name = 'DataError';
}
