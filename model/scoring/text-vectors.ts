import { createPieceTokenizer } from '../features/piece-tokenizer.ts';
import { plain } from '../features/tokenizers.ts';
import type { SparseVector } from '../features/vectorizer.ts';
import { kernelAdder } from './kernel.ts';
import type { TokenVectors } from './model.ts';

/** A token of a text, and where its word begins and ends in the plain text. */
export interface PlacedToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Turns texts into vectors, in training and in serving alike. */
export interface TextVectors {
  readonly tokenVectors: TokenVectors;
  readonly columns: number;
  /** Returns the sum of the tokens' vectors, scaled to the length 1; zeros for a text without tokens. The same array each time. */
  vectorOf(text: string): Float64Array;
  /** Returns the tokens of a text in their order, and the factor that scales their sum. */
  read(text: string): { tokens: PlacedToken[]; scale: number };
}

/** Creates the functions that read texts by their tokens. Case and compatibility forms are removed, as for n-grams. */
export function createTextVectors(tokenVectors: TokenVectors): TextVectors {
  const { pieces, rows } = tokenVectors;
  const visitPieces = createPieceTokenizer(pieces);
  const columns = rows.values.length / rows.scales.length;
  const add = kernelAdder(rows, columns);
  const counter = createCounter(rows.scales.length);
  const sums = new Float64Array(columns);
  const addTokens = (text: string): number => {
    visitPieces(plain(text), counter.count);
    sums.fill(0);
    add(counter.take(), sums);
    const squares = sums.reduce((sum, value) => sum + value * value, 0);
    return squares > 0 ? 1 / Math.sqrt(squares) : 0;
  };
  const vectorOf = (text: string): Float64Array => {
    const scale = addTokens(text);
    for (let column = 0; column < columns; column += 1) sums[column] = (sums[column] as number) * scale;
    return sums;
  };
  const read = (text: string): ReturnType<TextVectors['read']> => {
    const tokens: PlacedToken[] = [];
    visitPieces(plain(text), (ids, start, end) => tokens.push(...Array.from(ids, (id) => ({ id, start, end }))));
    return { tokens, scale: addTokens(text) };
  };
  return { tokenVectors, columns, vectorOf, read };
}

// Counts how often each token occurs. The arrays are as long as the vocabulary, so a text of any length fits.
function createCounter(size: number) {
  const vector: SparseVector = { indices: new Int32Array(size), values: new Float64Array(size), length: 0 };
  const places = new Int32Array(size).fill(-1);
  const count = (ids: Int32Array): void => {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] as number;
      const place = places[id] as number;
      if (place >= 0) {
        vector.values[place] = (vector.values[place] as number) + 1;
        continue;
      }
      places[id] = vector.length;
      vector.indices[vector.length] = id;
      vector.values[vector.length++] = 1;
    }
  };
  // Returns the counts since the last call, in arrays that the next text overwrites.
  const take = (): SparseVector => {
    const { indices, values, length } = vector;
    for (let at = 0; at < length; at += 1) places[indices[at] as number] = -1;
    vector.length = 0;
    return { indices, values, length };
  };
  return { count, take };
}
