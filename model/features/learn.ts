import { inTurns, type ReportShare } from '../../common/in-turns.ts';
import { blockVisitor } from './blocks.ts';
import type { Features } from './features.ts';
import { TextCounts } from './text-counts.ts';
import { tokenizerNamed } from './tokenizers.ts';

/** The features that training finds, independent of the labels. */
export interface LearnedFeatures {
  hashes: Int32Array;
  /** Inverse document frequencies, if a block needs them. */
  frequencies?: Float32Array;
}

/** Keeps the n-grams that occur in enough texts: block by block, in the order of their hashes. */
export async function learnFeatures(
  features: Features,
  texts: readonly string[],
  report: ReportShare,
): Promise<LearnedFeatures> {
  const tokenize = tokenizerNamed(features.tokenizer);
  const blocks = features.blocks.map((block, index) => ({
    visit: blockVisitor(block, index),
    counts: new TextCounts(),
  }));
  await inTurns(texts, report, (text, index) => {
    const tokens = tokenize(text);
    for (const { visit, counts } of blocks) visit(tokens, (hash) => counts.add(hash, index));
  });
  const kept = blocks.map(({ counts }) => counts.frequent(features.minimumTexts));
  const hashes = joined(kept.map((block) => block.hashes));
  if (!features.blocks.some((block) => block.inverseDocumentFrequency)) return { hashes };
  const counts = joined(kept.map((block) => block.counts));
  return { hashes, frequencies: Float32Array.from(counts, (count) => inverseFrequency(texts.length, count)) };
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}

function inverseFrequency(texts: number, count: number): number {
  return Math.log((1 + texts) / (1 + count)) + 1;
}
