import { words as naturalStopWords } from 'natural/lib/natural/util/stopwords.js';
import type { Block, WordBlock } from './features.ts';
import { hashToken } from './hash.ts';
import { memoize } from './memoize.ts';
import { type Visit, visitCharacters, visitWords } from './ngrams.ts';
import { stemmerNamed } from './stemmers.ts';
import type { Vocabulary } from './vocabulary.ts';

const stopWords = new Set(naturalStopWords);

/** Returns the tokens from which a block makes its features. */
export function tokensOf(block: Block, tokens: string[]): string[] {
  return block.kind === 'words' ? wordsOf(block, tokens).map(stemmerNamed(block.stemmer)) : tokens;
}

function wordsOf(block: WordBlock, tokens: string[]): string[] {
  return block.stopWords === 'drop' ? tokens.filter((token) => !stopWords.has(token)) : tokens;
}

/** Returns where each token that a block makes its features from stands among all tokens. */
export function placesOf(block: Block, tokens: string[]): number[] {
  const places = [...tokens.keys()];
  const drops = block.kind === 'words' && block.stopWords === 'drop';
  return drops ? places.filter((at) => !stopWords.has(tokens[at] as string)) : places;
}

/** Visits every n-gram of one block. */
export type BlockVisitor = (tokens: string[], visit: Visit) => void;

/** Creates the visitor of a block; `index` is its place among all blocks. */
export function blockVisitor(block: Block, index: number): BlockVisitor {
  if (block.kind === 'words') return wordVisitor(block, index);
  return (tokens, visit) => {
    for (let at = 0; at < tokens.length; at += 1) {
      visitCharacters(tokens[at] as string, at, index, block.lengths, visit);
    }
  };
}

function wordVisitor(block: WordBlock, index: number): BlockVisitor {
  const stem = stemmerNamed(block.stemmer);
  const hashOf = memoize((token) => hashToken(stem(token)));
  return (tokens, visit) => visitWords(wordsOf(block, tokens).map(hashOf), index, block.lengths, visit);
}

/** Creates the function that calls `count` for every n-gram of one block that is a known feature. */
export function featureFinder(
  block: Block,
  visit: BlockVisitor,
  { find }: Vocabulary,
  count: (feature: number) => void,
): (tokens: string[]) => void {
  if (block.kind === 'words') return (tokens) => visit(tokens, (hash) => countKnown(find(hash), count));
  // Character n-grams stay inside a token, so equal tokens have equal ones. The copy has no spare capacity.
  const featuresOf = memoize((token) => {
    const features: number[] = [];
    visit([token], (hash) => countKnown(find(hash), (feature) => features.push(feature)));
    return features.slice();
  });
  return (tokens) => {
    for (const token of tokens) for (const feature of featuresOf(token)) count(feature);
  };
}

function countKnown(feature: number, count: (feature: number) => void): void {
  if (feature >= 0) count(feature);
}
