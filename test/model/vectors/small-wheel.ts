import { zipSync } from 'fflate';
import { sha256 } from '../../../common/checksum.ts';
import { byteName } from '../../../model/features/piece-tokenizer.ts';
import type { TokenVectors } from '../../../model/scoring/model.ts';
import { readWheel } from '../../../model/vectors/load.ts';
import type { VectorPackage } from '../../../model/vectors/source.ts';

const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
const specials = ['<unk>', '<s>', '</s>'];
const names = [
  ...specials,
  ...Array.from({ length: 256 }, (_, byte) => byteName(byte)),
  ...['▁', ...letters],
  ...letters.map((letter) => `▁${letter}`),
];

/** A tokenizer of letters: the first of a word has a piece of its own. */
export const smallTokenizer = {
  added_tokens: specials.map((content, id) => {
    return { ...{ id, content, single_word: false, lstrip: false, rstrip: false }, normalized: false, special: true };
  }),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  model: {
    ...{ type: 'BPE', dropout: null, continuing_subword_prefix: null, end_of_word_suffix: null },
    ...{ byte_fallback: true, ignore_merges: false },
    vocab: Object.fromEntries(names.map((name, id) => [name, id])),
    merges: letters.map((letter) => `▁ ${letter}`),
  },
};

/** The number of pieces. */
export const smallPieces = names.length;

/** Returns a file of safetensors with one matrix of 16-bit floats. */
export function safetensorsOf(rows: number, columns: number, numbers: Float16Array): Uint8Array {
  const tensor = { dtype: 'F16', shape: [rows, columns], data_offsets: [0, numbers.byteLength] };
  const header = Buffer.from(JSON.stringify({ __metadata__: { made: 'by a test' }, 'embedding.weight': tensor }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.from(numbers.buffer)]);
}

/** Returns the package whose wheel has these bytes. */
export function packageOf(content: Uint8Array): VectorPackage {
  return {
    ...{ name: 'small', version: '1.0', wheel: 'small-1.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl' },
    ...{ sha256: sha256(content), vectors: 'small/vectors.safetensors', tokenizer: 'small/tokenizer.json' },
  };
}

/** A wheel with the tokenizer of letters, and vectors of 64 columns that differ for each piece. */
export const smallWheel = zipSync({
  'small/tokenizer.json': Buffer.from(JSON.stringify(smallTokenizer)),
  'small/vectors.safetensors': safetensorsOf(
    smallPieces,
    64,
    Float16Array.from({ length: smallPieces * 64 }, (_, at) => Math.sin(at * at * 0.37 + at)),
  ),
  'small/code.py': Buffer.from('raise SystemExit("no code of a wheel runs")'),
});

/** Token vectors of that wheel. */
export async function smallVectors(columns = 64): Promise<TokenVectors> {
  return readWheel('small.whl', smallWheel, packageOf(smallWheel), Math.min(64, columns));
}
