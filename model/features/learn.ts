import { type BlockVisitor, blockVisitor } from './blocks.ts';
import type { Features } from './features.ts';
import { tokenizerNamed } from './tokenizers.ts';

/** The features that training finds, independent of the labels. */
export interface LearnedFeatures {
  hashes: Int32Array;
  /** Inverse document frequencies, if a block needs them. */
  frequencies?: Float32Array;
}

/** Keeps the n-grams that occur in enough texts: block by block, in the order of their hashes. */
export function learnFeatures(features: Features, texts: string[]): LearnedFeatures {
  const tokenize = tokenizerNamed(features.tokenizer);
  const tokenized = texts.map(tokenize);
  const kept = features.blocks.map((block, index) =>
    frequent(countTexts(blockVisitor(block, index), tokenized), features.minimumTexts),
  );
  const hashes = Int32Array.from(kept.flat().map(([hash]) => hash));
  if (!features.blocks.some((block) => block.inverseDocumentFrequency)) return { hashes };
  const frequencies = Float32Array.from(kept.flat().map(([, count]) => inverseFrequency(texts.length, count)));
  return { hashes, frequencies };
}

function countTexts(visit: BlockVisitor, tokenized: string[][]): Map<number, number> {
  const counts = new Map<number, number>();
  const last = new Map<number, number>();
  tokenized.forEach((tokens, text) => {
    visit(tokens, (hash) => {
      if (last.get(hash) === text) return;
      last.set(hash, text);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    });
  });
  return counts;
}

function frequent(counts: Map<number, number>, minimum: number): [number, number][] {
  return [...counts].filter(([, count]) => count >= minimum).sort(([left], [right]) => left - right);
}

function inverseFrequency(texts: number, count: number): number {
  return Math.log((1 + texts) / (1 + count)) + 1;
}
