import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { predictLimits } from '../common/predict-limits.ts';
import { textSchema } from '../common/text-schema.ts';
import type { Prediction } from '../model/prediction.ts';
import { type AnswerFormat, answerLine, isUnknown } from './answers.ts';
import type { Layout } from './layout.ts';
import { type BadLine, type Row, readRows } from './rows.ts';

/** Whole records of an input. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The number of its first line, from 1. */
  readonly firstLine: number;
}

/** What is written for a chunk, and what is counted. */
export interface ChunkAnswers {
  /** The lines of the answers, compressed where the output is: gzip files one after another are one. */
  readonly output: Uint8Array;
  readonly bad: readonly BadLine[];
  readonly counts: Counts;
}

export interface Counts {
  readonly answered: number;
  readonly unknown: number;
  readonly bad: number;
}

/** How all chunks of an input are read and answered. */
export interface ChunkFormat {
  readonly layout: Layout;
  readonly answers: AnswerFormat;
  readonly isCompressed: boolean;
}

const schema = textSchema(predictLimits.textCharacters);

/** Returns why the service would refuse a text. */
export function checkText(text: unknown): string | undefined {
  // Almost all texts are short, and begin with a letter or a digit: for these, the schema need not be asked.
  if (
    typeof text === 'string' &&
    text.length <= predictLimits.textCharacters &&
    /^[\p{L}\p{N}]/u.test(text) &&
    text.isWellFormed()
  )
    return undefined;
  const { success, error } = schema.safeParse(text);
  return success ? undefined : `${z.flattenError(error).formErrors[0]}`;
}

/** Reads the records of a chunk. */
export function rowsOfChunk({ bytes, firstLine }: Chunk, { layout }: ChunkFormat) {
  const content = new TextDecoder(layout.encoding).decode(bytes);
  const isDamaged = layout.encoding === 'utf-8' && content.includes('\uFFFD') && !isUtf8(bytes);
  const check = (text: unknown): string | undefined =>
    isDamaged && typeof text === 'string' && text.includes('\uFFFD')
      ? 'expected UTF-8, got other bytes'
      : checkText(text);
  return readRows(content, firstLine, layout, check);
}

function isUtf8(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Writes the answers to the rows of a chunk, in their order. */
export function writeAnswers(
  rows: readonly Row[],
  predictions: readonly Prediction[],
  bad: readonly BadLine[],
  { layout, answers, isCompressed }: ChunkFormat,
): ChunkAnswers {
  let lines = '';
  let unknown = 0;
  for (const [at, row] of rows.entries()) {
    const prediction = predictions[at] as Prediction;
    if (isUnknown(prediction)) unknown += 1;
    lines += answerLine(row, prediction, layout, answers);
  }
  const output = new TextEncoder().encode(lines);
  return {
    output: isCompressed ? gzipSync(output) : output,
    bad,
    counts: { answered: rows.length, unknown, bad: bad.length },
  };
}
