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
  const wordsOf = rarestFirst([...train, ...test].map(({ text }) => text));
  const known = train.map((example) => ({ example, words: wordsOf(example.text) }));
  const entries = known.flatMap((entry) => prefixOf(entry.words).map((word) => ({ word, entry })));
  const index = Map.groupBy(entries, ({ word }) => word);
  return test.flatMap((example) => {
    const words = wordsOf(example.text);
    const candidates = prefixOf(words).flatMap((word) => index.get(word) ?? []);
    return closest(example, words, new Set(candidates.map(({ entry }) => entry))) ?? [];
  });
}

const tokenize = tokenizerNamed('words');

/** Returns a function that lists the words of a text, without repeats, those in the fewest `texts` first. */
export function rarestFirst(texts: readonly string[]): (text: string) => string[] {
  const distinctWords = (text: string): string[] => [...new Set(tokenize(text))];
  const occurrences = Map.groupBy(texts.flatMap(distinctWords), (word) => word);
  const count = (word: string): number => occurrences.get(word)?.length ?? 0;
  return (text) => distinctWords(text).sort((left, right) => count(left) - count(right) || (left < right ? -1 : 1));
}

// Prefix filter (Chaudhuri et al., 2006): sets that are similar share at least one of these rarest words.
function prefixOf(words: readonly string[]): readonly string[] {
  return words.slice(0, words.length - Math.ceil(leastSimilarity * words.length) + 1);
}

interface Known {
  readonly example: Example;
  readonly words: readonly string[];
}

function closest(test: Example, words: readonly string[], candidates: ReadonlySet<Known>): NearDuplicate | undefined {
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
