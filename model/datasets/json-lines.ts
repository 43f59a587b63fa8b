import { guessColumns, howToName } from './columns.ts';
import { type Columns, DataError, type ParsedRows } from './example.ts';

interface ParsedLine {
  line: number;
  record: Record<string, unknown>;
}

/** Parses JSON Lines: one object per line. */
export function parseJsonLines(path: string, content: string, columns: Columns): ParsedRows {
  const parsed = content
    .split('\n')
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ line, record: parseObject(`${path}:${line}`, source) }));
  refuseMissingKeys(path, parsed, columns);
  return {
    rows: parsed.map(({ line, record }) => ({ line, text: record[columns.text], intent: record[columns.intent] })),
  };
}

function refuseMissingKeys(path: string, parsed: readonly ParsedLine[], { text, intent }: Columns): void {
  for (const key of [text, intent]) {
    const lacking = parsed.find(({ record }) => !Object.hasOwn(record, key));
    if (!lacking) continue;
    const keys = Object.keys(lacking.record);
    const isLackedByAll = parsed.every(({ record }) => !Object.hasOwn(record, key));
    const guess =
      isLackedByAll &&
      guessColumns(
        keys,
        parsed.map(({ record }) => record),
      );
    const remedy = guess ? howToName(guess) : 'add it, or delete the line';
    throw new DataError(`${path}:${lacking.line}: expected the key ${key}, got ${keys.join(', ')}; ${remedy}`);
  }
}

function parseObject(place: string, source: string): Record<string, unknown> {
  const value = parseJson(place, source);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DataError(`${place}: expected an object, got ${source.slice(0, 60)}`);
}

function parseJson(place: string, source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new DataError(`${place}: not JSON: ${(error as Error).message}`, { cause: error });
  }
}
