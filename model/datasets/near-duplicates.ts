import { tokenizerNamed } from '../features/tokenizers.ts';
import type { Example } from './example.ts';

/** A test text and a training text with nearly the same words. */
export interface NearDuplicate {
  readonly test: Example;
  readonly train: Example;
  /** The Jaccard similarity of their sets of words. */
  readonly similarity: number;
}

const leastSimilarity = 0.8;

/** Finds the test texts that nearly equal a training text; accuracy on these says little. */
export function nearDuplicates(train: readonly Example[], test: readonly Example[]): NearDuplicate[] {
  const rarity = countWords([...train, ...test]);
  const known = train.map((example) => ({ example, words: rarestFirst(example.text, rarity) }));
  const index = indexPrefixes(known);
  return test.flatMap((example) => closest(example, rarestFirst(example.text, rarity), index) ?? []);
}

interface Known {
  readonly example: Example;
  readonly words: readonly string[];
}

const tokenize = tokenizerNamed('words');

function wordsOf(text: string): string[] {
  return [...new Set(tokenize(text))];
}

function countWords(examples: readonly Example[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of examples) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function rarestFirst(text: string, counts: ReadonlyMap<string, number>): string[] {
  const rank = (word: string): number => counts.get(word) ?? 0;
  return wordsOf(text).sort((left, right) => rank(left) - rank(right) || (left < right ? -1 : 1));
}

// Prefix filter (Chaudhuri et al., 2006): sets that similar share at least one of these rarest words.
function prefixOf(words: readonly string[]): readonly string[] {
  return words.slice(0, words.length - Math.ceil(leastSimilarity * words.length) + 1);
}

function indexPrefixes(known: readonly Known[]): Map<string, Known[]> {
  const index = new Map<string, Known[]>();
  for (const entry of known) {
    for (const word of prefixOf(entry.words)) {
      const others = index.get(word);
      if (others) others.push(entry);
      else index.set(word, [entry]);
    }
  }
  return index;
}

function closest(
  test: Example,
  words: readonly string[],
  index: ReadonlyMap<string, Known[]>,
): NearDuplicate | undefined {
  const candidates = new Set(prefixOf(words).flatMap((word) => index.get(word) ?? []));
  let best: NearDuplicate | undefined;
  for (const { example, words: others } of candidates) {
    const similarity = jaccard(words, others);
    if (similarity >= leastSimilarity && similarity > (best?.similarity ?? 0))
      best = { test, train: example, similarity };
  }
  return best;
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const others = new Set(right);
  const shared = left.filter((word) => others.has(word)).length;
  return shared / (left.length + right.length - shared);
}
