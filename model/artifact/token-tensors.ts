import type { TokenVectors } from '../scoring/model.ts';
import type { TensorValues } from './layout.ts';

type Constructor<T> = abstract new (...args: never[]) => T;

/** Returns a named array; refuses one of another type or length. */
export type Read = <T extends TensorValues>(name: string, type: Constructor<T>, length?: number) => T;

/** Returns the arrays of token vectors by their names in the weights file. */
export function tokenTensors({ pieces, rows }: TokenVectors): [string, TensorValues][] {
  const names = pieces.names.map((name) => Buffer.from(name));
  return [
    ['tokens.names', Int8Array.from(Buffer.concat(names))],
    ['tokens.names.lengths', Int32Array.from(names, ({ length }) => length)],
    ['tokens.merges', pieces.merges],
    ['tokens.special', Int32Array.from(pieces.special)],
    ['tokens.vectors', rows.values],
    ['tokens.vectors.scales', rows.scales],
  ];
}

/** Returns the token vectors; refuses arrays that contradict each other. */
export function readTokens(read: Read, columns: number): TokenVectors {
  const lengths = read('tokens.names.lengths', Int32Array);
  const bytes = lengths.reduce((sum, length) => sum + length, 0);
  const names = namesFrom(read('tokens.names', Int8Array, bytes), lengths);
  const merges = read('tokens.merges', Int32Array);
  const special = read('tokens.special', Int32Array);
  const isPiece = (id: number): boolean => id >= 0 && id < names.length;
  if (merges.length % 3 !== 0 || !merges.every(isPiece) || !special.every(isPiece)) {
    throw new Error(`weights: expected tokens.merges and tokens.special to hold ids below ${names.length}`);
  }
  const values = read('tokens.vectors', Int8Array, names.length * columns);
  const rows = { values, scales: read('tokens.vectors.scales', Float32Array, names.length) };
  return { pieces: { names, merges, special: [...special] }, rows };
}

function namesFrom(bytes: Int8Array, lengths: Int32Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let start = 0;
  return Array.from(lengths, (length) => {
    start += length;
    return text.toString('utf8', start - length, start);
  });
}
