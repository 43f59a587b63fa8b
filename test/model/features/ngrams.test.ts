import test from 'ava';
import { charactersAt, visitCharacters, visitWords, wordsAt } from '../../../model/features/ngrams.ts';

test('word n-grams: singles, and pairs that may touch the edges of the text', (t) => {
  const tokens = ['reset', 'my', 'password'];
  const seen: string[] = [];
  visitWords(tokens, 0, [1, 2], (_, token, __, length) => seen.push(wordsAt(tokens, token, length)));
  t.deepEqual(seen, ['‹ reset', 'reset', 'reset my', 'my', 'my password', 'password', 'password ›']);
});

test('character n-grams stay inside a word and its edges', (t) => {
  const tokens = ['hi', 'a'];
  const seen: string[] = [];
  visitCharacters(tokens, 0, [2, 3], (_, token, start, length) => {
    seen.push(charactersAt(tokens[token] as string, start, length));
  });
  t.deepEqual(seen, ['·h', '·hi', 'hi', 'hi·', 'i·', '·a', '·a·', 'a·']);
});

const hashesOf = (visit: typeof visitWords, tokens: string[], block: number): number[] => {
  const hashes: number[] = [];
  visit(tokens, block, [1, 3], (hash) => hashes.push(hash));
  return hashes;
};

test('equal n-grams have equal hashes wherever they are, and other blocks have other hashes', (t) => {
  const [first] = hashesOf(visitCharacters, ['good'], 0);
  t.true(hashesOf(visitCharacters, ['so', 'good'], 0).includes(first as number));
  t.false(hashesOf(visitCharacters, ['good'], 1).includes(first as number));
  t.not(hashesOf(visitWords, ['good'], 0)[0], hashesOf(visitWords, ['good'], 1)[0]);
});

test('hashes of many different words hardly ever meet', (t) => {
  const words = Array.from({ length: 50_000 }, (_, index) => `w${index}`);
  const hashes = new Set<number>();
  visitWords(words, 0, [1, 1], (hash) => hashes.add(hash));
  // By chance, 50,000 values of 32 bits meet 0.3 times.
  t.true(hashes.size >= 49_996, `only ${hashes.size} differ`);
});
