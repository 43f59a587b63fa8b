import test from 'ava';
import { hashToken } from '../../../model/features/hash.ts';
import { charactersAt, visitCharacters, visitWords, wordsAt } from '../../../model/features/ngrams.ts';

test('word n-grams: singles, and pairs that may touch the edges of the text', (t) => {
  const tokens = ['reset', 'my', 'password'];
  const seen: string[] = [];
  visitWords(tokens.map(hashToken), 0, [1, 2], (_, token, __, length) => seen.push(wordsAt(tokens, token, length)));
  t.deepEqual(seen, ['‹ reset', 'reset', 'reset my', 'my', 'my password', 'password', 'password ›']);
});

test('character n-grams stay inside a word and its edges', (t) => {
  const seen: string[] = [];
  for (const word of ['hi', 'a']) {
    visitCharacters(word, 0, 0, [2, 3], (_, __, start, length) => seen.push(charactersAt(word, start, length)));
  }
  t.deepEqual(seen, ['·h', '·hi', 'hi', 'hi·', 'i·', '·a', '·a·', 'a·']);
});

const characterHashes = (token: string, at: number, block: number): number[] => {
  const hashes: number[] = [];
  visitCharacters(token, at, block, [1, 3], (hash) => hashes.push(hash));
  return hashes;
};

const wordHashes = (tokens: string[], block: number): number[] => {
  const hashes: number[] = [];
  visitWords(tokens.map(hashToken), block, [1, 3], (hash) => hashes.push(hash));
  return hashes;
};

test('equal n-grams have equal hashes wherever they are, and other blocks have other hashes', (t) => {
  t.deepEqual(characterHashes('good', 1, 0), characterHashes('good', 0, 0));
  t.not(characterHashes('good', 0, 1)[0], characterHashes('good', 0, 0)[0]);
  const [, , good, goodDay] = wordHashes(['good', 'day'], 0);
  t.deepEqual(wordHashes(['so', 'good', 'day'], 0).slice(5, 7), [good, goodDay]);
  t.not(wordHashes(['good'], 1)[0], wordHashes(['good'], 0)[0]);
});

test('hashes of many different words hardly ever meet', (t) => {
  const words = Array.from({ length: 50_000 }, (_, index) => hashToken(`w${index}`));
  const hashes = new Set<number>();
  visitWords(words, 0, [1, 1], (hash) => hashes.add(hash));
  // By chance, 50,000 values of 32 bits meet 0.3 times.
  t.true(hashes.size >= 49_996, `only ${hashes.size} differ`);
});
