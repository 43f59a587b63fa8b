import { type BlockVisitor, blockVisitor, featureFinder, placesOf, tokensOf } from './blocks.ts';
import type { Block, Features } from './features.ts';
import { charactersAt, wordsAt } from './ngrams.ts';
import { tokenizerNamed } from './tokenizers.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The known features of a text and their values. The next text overwrites the arrays. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float64Array;
  length: number;
  /** The text's vector, of the length 1 or 0, where the model has token vectors. */
  dense?: Float64Array;
}

/** A feature of a text, as people read it. */
export interface ReadableFeature {
  readonly name: string;
  /** The places of the tokens that it stands for, one list for each time that it occurs. */
  readonly occurrences: number[][];
}

/** The tokens of a text, and its known features by their indices. */
export interface ReadableText {
  readonly tokens: readonly string[];
  readonly features: ReadonlyMap<number, ReadableFeature>;
}

/** Turns texts into sparse vectors, in training and in serving alike. */
export interface Vectorizer {
  readonly size: number;
  vectorize(text: string): SparseVector;
  /** Returns the text's features as people read them. */
  read(text: string): ReadableText;
}

/** Creates a vectorizer. `frequencies` holds each feature's inverse document frequency, if a block needs it. */
export function createVectorizer(features: Features, vocabulary: Vocabulary, frequencies?: Float32Array): Vectorizer {
  const size = vocabulary.hashes.length;
  const tokenize = tokenizerNamed(features.tokenizer);
  const vector: SparseVector = { indices: new Int32Array(size), values: new Float64Array(size), length: 0 };
  const counts = new Int32Array(size);
  const count = (feature: number): void => {
    // All counts are zero between texts: zero means that this text has not shown the feature yet.
    if (counts[feature] === 0) vector.indices[vector.length++] = feature;
    counts[feature] = (counts[feature] as number) + 1;
  };
  const blocks = features.blocks.map((block, index) => {
    const visit = blockVisitor(block, index);
    return { block, visit, findFeatures: featureFinder(block, visit, vocabulary, count) };
  });

  const vectorize = (text: string): SparseVector => {
    vector.length = 0;
    const tokens = tokenize(text);
    for (const { block, findFeatures } of blocks) {
      const first = vector.length;
      findFeatures(tokens);
      weigh(block, vector, first, counts, frequencies);
    }
    return vector;
  };
  return { size, vectorize, read: (text) => readableText(blocks, vocabulary, tokenize(text)) };
}

function weigh(
  block: Block,
  vector: SparseVector,
  first: number,
  counts: Int32Array,
  frequencies: Float32Array | undefined,
): void {
  const { indices, values, length } = vector;
  let squares = 0;
  for (let at = first; at < length; at += 1) {
    const feature = indices[at] as number;
    const inverse = block.inverseDocumentFrequency && frequencies ? (frequencies[feature] as number) : 1;
    const value = weighted(block.weighting, counts[feature] as number) * inverse;
    counts[feature] = 0;
    values[at] = value;
    squares += value * value;
  }
  if (!block.normalise || squares === 0) return;
  const scale = 1 / Math.sqrt(squares);
  for (let at = first; at < length; at += 1) values[at] = (values[at] as number) * scale;
}

function weighted(weighting: Block['weighting'], count: number): number {
  if (count === 1 || weighting === 'presence') return 1;
  return weighting === 'count' ? count : 1 + Math.log(count);
}

interface VisitedBlock {
  block: Block;
  visit: BlockVisitor;
}

function readableText(blocks: VisitedBlock[], vocabulary: Vocabulary, tokens: string[]): ReadableText {
  const features = new Map<number, ReadableFeature>();
  for (const { block, visit } of blocks) {
    const [seen, places] = [tokensOf(block, tokens), placesOf(block, tokens)];
    visit(tokens, (hash, token, start, length) => {
      const index = vocabulary.find(hash);
      if (index < 0) return;
      const occurrences = features.get(index)?.occurrences ?? [];
      // The length of words counts tokens; the start and the end of the text are none.
      const covered =
        block.kind === 'words' ? places.slice(Math.max(0, token), token + length) : [places[token] as number];
      occurrences.push(covered);
      features.set(index, { name: nameOf(block, seen, token, start, length), occurrences });
    });
  }
  return { tokens, features };
}

function nameOf(block: Block, tokens: string[], token: number, start: number, length: number): string {
  if (block.kind === 'characters') return `characters: ${charactersAt(tokens[token] as string, start, length)}`;
  const noun = block.stemmer === 'none' ? 'word' : 'stem';
  return `${noun}${length > 1 ? 's' : ''}: ${wordsAt(tokens, token, length)}`;
}
