import { parse } from 'csv-parse/sync';
import type { Columns } from './example.ts';

/** The separators of fields that are looked for, with the words for them. */
export const separators: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** The separator of a file, and whether its first line does nothing but name it. */
export interface Separation {
  readonly separator: string;
  readonly isNamed: boolean;
}

/**
 * Finds the separator of fields: that which the first line names (`sep=;`), which separates the columns that are wanted, or
 * else the one that makes most fields of the first line.
 */
export function findSeparator(content: string, columns: Columns): Separation {
  const named = /^sep=(.)\r?(?:\n|$)/i.exec(content)?.[1];
  if (named !== undefined) return { separator: named, isNamed: true };
  const headers = Object.keys(separators).map((separator) => ({ separator, names: firstRow(content, separator) }));
  const isWanted = ({ names }: { names: string[] }) =>
    [columns.text, columns.intent].every((name) => names.includes(name));
  const most = Math.max(...headers.map(({ names }) => names.length));
  const found = headers.find(isWanted) ?? headers.find(({ names }) => names.length === most);
  return { separator: found?.separator ?? ',', isNamed: false };
}

function firstRow(content: string, delimiter: string): string[] {
  try {
    const [row = []] = parse(content, { delimiter, to: 1, relax_quotes: true }) as string[][];
    return row.map((name) => name.trim());
  } catch {
    return [];
  }
}
