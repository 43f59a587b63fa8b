import { z } from 'zod';
import { check, describeInvalid } from '../../common/validation.ts';
import { byteName } from '../features/piece-tokenizer.ts';
import type { Pieces } from '../features/pieces.ts';
import { VectorError } from './error.ts';

// What the reader supports; a tokenizer that works otherwise is refused.
const tokenizerSchema = z.looseObject({
  added_tokens: z.array(
    z.looseObject({
      id: z.int().min(0),
      content: z.string().min(1),
      single_word: z.literal(false),
      lstrip: z.literal(false),
      rstrip: z.literal(false),
      normalized: z.literal(false),
    }),
  ),
  normalizer: z.looseObject({
    type: z.literal('Sequence'),
    normalizers: z.tuple([
      z.looseObject({ type: z.literal('Prepend'), prepend: z.literal('▁') }),
      z.looseObject({
        type: z.literal('Replace'),
        pattern: z.strictObject({ String: z.literal(' ') }),
        content: z.literal('▁'),
      }),
    ]),
  }),
  pre_tokenizer: z.null(),
  model: z.looseObject({
    type: z.literal('BPE'),
    dropout: z.null(),
    continuing_subword_prefix: z.null(),
    end_of_word_suffix: z.null(),
    byte_fallback: z.literal(true),
    ignore_merges: z.literal(false),
    vocab: z.record(z.string(), z.int().min(0)),
    merges: z.array(z.string()),
  }),
});

type Tokenizer = z.output<typeof tokenizerSchema>;

/** Reads the pieces and merges of a tokenizer.json of Hugging Face's tokenizers; `path` names the file in errors. */
export function readTokenizer(path: string, content: Uint8Array): Pieces {
  const { data, problems } = check(tokenizerSchema, parse(path, content));
  if (problems) throw new VectorError(describeInvalid(`${path}: not a tokenizer that can be read:`, problems));
  const ids = new Map(Object.entries(data.model.vocab));
  return {
    names: namesOf(path, ids),
    merges: mergesOf(path, data, ids),
    special: data.added_tokens.map(({ id }) => id),
  };
}

function parse(path: string, content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch (cause) {
    throw new VectorError(`${path}: expected JSON, got ${(cause as Error).message}`, { cause });
  }
}

function namesOf(path: string, ids: ReadonlyMap<string, number>): string[] {
  const names = new Array<string | undefined>(ids.size).fill(undefined);
  for (const [name, id] of ids) if (id < names.length) names[id] = name;
  const missing = names.indexOf(undefined);
  if (missing >= 0)
    throw new VectorError(`${path}: expected a piece for each id below ${ids.size}, got none for ${missing}`);
  const byte = Array.from({ length: 256 }, (_, value) => byteName(value)).find((name) => !ids.has(name));
  if (byte !== undefined) throw new VectorError(`${path}: expected a piece for each byte, got no ${byte}`);
  const inner = [...ids.keys()].find((name) => /[^▁]▁/u.test(name));
  if (inner !== undefined) throw new VectorError(`${path}: expected no space inside a piece, got ${inner}`);
  return names as string[];
}

function mergesOf(path: string, { model }: Tokenizer, ids: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(
    model.merges.flatMap((merge) => {
      const [left = '', right = ''] = merge.split(' ');
      const triple = [ids.get(left), ids.get(right), ids.get(left + right)];
      if (triple.every((id) => id !== undefined)) return triple;
      throw new VectorError(`${path}: expected merges of pieces into a piece, got ${merge}`);
    }),
  );
}
