import { quotedField } from '../common/csv-field.ts';
import { type Prediction, unknownIntent } from '../model/prediction.ts';
import type { Format } from './formats.ts';
import type { Layout } from './layout.ts';
import type { Row } from './rows.ts';

/** Where and how answers are written. */
export interface AnswerFormat {
  readonly format: Exclude<Format, 'lines'>;
  /** The number of likeliest intents. */
  readonly top: number;
}

const decimals = 4;

/** The names of the columns of an answer: the intent, its confidence, and the likeliest intents. */
function answerNames(top: number): string[] {
  const places = Array.from({ length: top - 1 }, (_, at) => at + 2);
  return ['intent', 'confidence', 'guess', ...places.flatMap((place) => [`guess_${place}`, `confidence_${place}`])];
}

/** Returns the first line of separated values: the columns of the input, and those of the answers. A name that is taken gets a prefix. */
export function headerLine(layout: Layout, { format, top }: AnswerFormat): string {
  if (format === 'jsonl') return '';
  const names = layout.format === 'lines' ? [layout.column] : layout.names;
  const added = answerNames(top).map((name) => (names.includes(name) ? `predicted_${name}` : name));
  return lineOf([...names, ...added], format);
}

/** Returns the line of a row with its answer. Of an input with keys, separated values get the text alone. */
export function answerLine(
  { text, values }: Row,
  prediction: Prediction,
  layout: Layout,
  format: AnswerFormat,
): string {
  if (format.format === 'jsonl') return `${JSON.stringify(objectOf(values, prediction, layout, format.top))}\n`;
  const kept = Array.isArray(values) ? (values as string[]) : [text];
  const { intent, confidence, alternatives } = prediction;
  const cells = [...kept, intent, confidence.toFixed(decimals), alternatives[0]?.intent ?? ''];
  for (let place = 1; place < format.top; place += 1) {
    const guess = alternatives[place];
    cells.push(guess?.intent ?? '', guess?.confidence.toFixed(decimals) ?? '');
  }
  return lineOf(cells, format.format);
}

/** Returns whether no intent was likely enough. */
export function isUnknown({ intent }: Prediction): boolean {
  return intent === unknownIntent;
}

function objectOf(values: Row['values'], prediction: Prediction, layout: Layout, top: number): object {
  const names = layout.names.length > 0 ? layout.names : [layout.column];
  const entries: [string, unknown][] = Array.isArray(values)
    ? names.map((name, at) => [name, (values as string[])[at]])
    : Object.entries(values);
  const taken = new Set(entries.map(([name]) => name));
  const answer = {
    intent: prediction.intent,
    confidence: rounded(prediction.confidence),
    alternatives: prediction.alternatives
      .slice(0, top)
      .map(({ intent, confidence }) => ({ intent, confidence: rounded(confidence) })),
  };
  const added = Object.entries(answer).map(([name, value]) => [taken.has(name) ? `predicted_${name}` : name, value]);
  return Object.fromEntries([...entries, ...added]);
}

function rounded(confidence: number): number {
  return Number(confidence.toFixed(decimals));
}

function lineOf(cells: readonly string[], format: 'csv' | 'tsv'): string {
  const separator = format === 'tsv' ? '\t' : ',';
  let line = '';
  for (let at = 0; at < cells.length; at += 1)
    line += (at === 0 ? '' : separator) + quoted(cells[at] as string, separator);
  return `${line}\n`;
}

// A regular expression for each field costs more than looking for the four characters.
function quoted(field: string, separator: string): string {
  const isPlain = !(field.includes('"') || field.includes(separator) || field.includes('\n') || field.includes('\r'));
  return isPlain ? field : quotedField(field);
}
