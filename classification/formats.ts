import { UserError } from '../common/errors.ts';

/** How texts are written: separated values with a header, JSON Lines, or one text a line. */
export type Format = 'csv' | 'tsv' | 'jsonl' | 'lines';

/** A format, and whether it is compressed by gzip. */
export interface FileFormat {
  readonly format: Format;
  readonly isCompressed: boolean;
}

const byExtension: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  txt: 'lines',
};

/** Returns the format that the name of a file tells; `variable` names the file in errors. */
export function formatOf(variable: string, path: string): FileFormat {
  const [, extension = '', gz] = /\.(\w+?)(\.gz)?$/.exec(path.toLowerCase()) ?? [];
  const format = byExtension[extension];
  if (format) return { format, isCompressed: gz !== undefined };
  throw new UserError(
    `${variable}=${path}: expected a name that ends in .csv, .tsv, .jsonl, .ndjson or .txt (one text a line), with or without .gz`,
  );
}

/** Returns the format of a stream that has no name: that which FORMAT names, or CSV. */
export function formatNamed(name: string | undefined): FileFormat {
  if (name === undefined) return { format: 'csv', isCompressed: false };
  const format = byExtension[name];
  if (format) return { format, isCompressed: false };
  throw new UserError(`FORMAT=${name}: expected csv, tsv, jsonl or txt`);
}
