import { blockVisitor } from './blocks.ts';
import type { Features } from './features.ts';
import { tokenizerNamed } from './tokenizers.ts';

/** What training learns about features before any label is looked at. */
export interface LearnedFeatures {
  hashes: Int32Array;
  /** Inverse document frequencies, where a block asks for them. */
  frequencies?: Float32Array;
}

/** Counts in how many texts each n-gram is, and keeps those in enough of them: block by block, in the order of hashes. */
export function learnFeatures(features: Features, texts: string[]): LearnedFeatures {
  const tokenize = tokenizerNamed(features.tokenizer);
  const tokenized = texts.map(tokenize);
  const kept = features.blocks.map((_, index) =>
    frequent(countTexts(features, index, tokenized), features.minimumTexts),
  );
  const hashes = Int32Array.from(kept.flat().map(([hash]) => hash));
  if (!features.blocks.some((block) => block.inverseDocumentFrequency)) return { hashes };
  const frequencies = Float32Array.from(kept.flat().map(([, count]) => inverseFrequency(texts.length, count)));
  return { hashes, frequencies };
}

function countTexts(features: Features, index: number, tokenized: string[][]): Map<number, number> {
  const counts = new Map<number, number>();
  const last = new Map<number, number>();
  const block = features.blocks[index];
  if (!block) return counts;
  const visit = blockVisitor(block, index);
  tokenized.forEach((tokens, text) => {
    visit(tokens, (hash) => {
      if (last.get(hash) === text) return;
      last.set(hash, text);
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    });
  });
  return counts;
}

const frequent = (counts: Map<number, number>, minimum: number): [number, number][] =>
  [...counts].filter(([, count]) => count >= minimum).sort(([left], [right]) => left - right);

const inverseFrequency = (texts: number, count: number): number => Math.log((1 + texts) / (1 + count)) + 1;
