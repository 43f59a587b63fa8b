import { shellWord } from '../../common/shell-word.ts';
import type { Columns } from './example.ts';

/** A row as it was read: what it has in each column. */
type Row = Readonly<Record<string, unknown>>;

/**
 * Guesses which columns hold the texts and the intents, for a proposal: the texts are long, and intents repeat. Undefined
 * where there are not two columns.
 */
export function guessColumns(names: readonly string[], rows: readonly Row[]): Columns | undefined {
  const [text] = names.toSorted((one, other) => meanLength(rows, other) - meanLength(rows, one));
  const [intent] = names
    .filter((name) => name !== text)
    .toSorted((one, other) => distinct(rows, one) - distinct(rows, other));
  return text === undefined || intent === undefined ? undefined : { text, intent };
}

function meanLength(rows: readonly Row[], name: string): number {
  return rows.reduce((sum, row) => sum + String(row[name] ?? '').length, 0) / rows.length;
}

// A column with one value, or none, says nothing.
function distinct(rows: readonly Row[], name: string): number {
  const values = new Set(rows.map((row) => row[name]));
  return values.size > 1 ? values.size : Number.POSITIVE_INFINITY;
}

/** Returns how to name the columns, on the command line and in a stage. */
export function howToName({ text, intent }: Columns): string {
  return (
    `name the columns that hold them, behind the command: TEXT_COLUMN=${shellWord(text)} INTENT_COLUMN=${shellWord(intent)}, ` +
    `or in the stage file:\n\n  model:\n    columns: {text: ${JSON.stringify(text)}, intent: ${JSON.stringify(intent)}}`
  );
}
