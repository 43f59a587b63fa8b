import { inTurns, type ReportShare } from '../../common/in-turns.ts';
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
export async function nearDuplicates(
  train: readonly Example[],
  test: readonly Example[],
  report: ReportShare,
): Promise<NearDuplicate[]> {
  // Any order of the words does; that of the test texts, which are fewer, costs least.
  const wordsOf = rarestFirst(test.map(({ text }) => text));
  const wanted = test.map((example) => ({ example, words: wordsOf(example.text) }));
  const entries = wanted.flatMap((entry) => prefixOf(entry.words).map((word) => ({ word, entry })));
  const index = Map.groupBy(entries, ({ word }) => word);
  const closest = new Map<Example, NearDuplicate>();
  await inTurns(train, report, (example) => {
    const words = wordsOf(example.text);
    const candidates = prefixOf(words).flatMap((word) => index.get(word) ?? []);
    for (const entry of new Set(candidates.map((candidate) => candidate.entry))) {
      const similarity = jaccard(entry.words, words);
      if (similarity < leastSimilarity || similarity <= (closest.get(entry.example)?.similarity ?? 0)) continue;
      closest.set(entry.example, { test: entry.example, train: example, similarity });
    }
  });
  return test.flatMap((example) => closest.get(example) ?? []);
}

const tokenize = tokenizerNamed('words');

/** Returns a function that lists the words of a text, without repeats, those in the fewest `texts` first. */
export function rarestFirst(texts: readonly string[]): (text: string) => string[] {
  const distinctWords = (text: string): string[] => [...new Set(tokenize(text))];
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of distinctWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const count = (word: string): number => counts.get(word) ?? 0;
  return (text) => distinctWords(text).sort((left, right) => count(left) - count(right) || (left < right ? -1 : 1));
}

// Prefix filter (Chaudhuri et al., 2006): sets that are similar share at least one of these rarest words.
function prefixOf(words: readonly string[]): readonly string[] {
  return words.slice(0, words.length - Math.ceil(leastSimilarity * words.length) + 1);
}

function jaccard(left: readonly string[], right: readonly string[]): number {
  const others = new Set(right);
  const shared = left.filter((word) => others.has(word)).length;
  return shared / (left.length + right.length - shared);
}
