import { type Columns, DataError, type RawRow } from './example.ts';

/** Parses JSON Lines: one object per line. */
export function parseJsonLines(path: string, content: string, columns: Columns): RawRow[] {
  return content
    .split('\n')
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => parseLine(path, source, line, columns));
}

function parseLine(path: string, source: string, line: number, { text, intent }: Columns): RawRow {
  const value = parseJson(path, source, line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DataError(`${path}:${line}: expected an object, got ${source.slice(0, 60)}`);
  }
  const missing = [text, intent].find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) {
    throw new DataError(`${path}:${line}: expected the key ${missing}, got ${Object.keys(value).join(', ')}`);
  }
  const record = value as Record<string, unknown>;
  return { line, text: record[text], intent: record[intent] };
}

function parseJson(path: string, source: string, line: number): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new DataError(`${path}:${line}: not JSON: ${(error as Error).message}`, { cause: error });
  }
}
