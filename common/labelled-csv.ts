import { csvRow } from './csv-field.ts';

interface Labelled {
  readonly text: string;
  readonly intent: string;
}

/** Returns labelled texts as a CSV file. */
export function labelledCsv(examples: readonly Labelled[]): string {
  return `text,intent\n${examples.map(labelledRow).join('')}`;
}

/** Returns a row of such a file. */
export function labelledRow({ text, intent }: Labelled): string {
  return csvRow(text, intent);
}
