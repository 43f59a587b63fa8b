import test from 'ava';
import { hashToken } from '../../../model/features/hash.ts';
import { charactersAt, visitCharacters, visitWords, wordsAt } from '../../../model/features/ngrams.ts';

test('word n-grams: single words, and pairs that may include the start or end of the text', (t) => {
  const tokens = ['reset', 'my', 'password'];
  const seen: string[] = [];
  visitWords(tokens.map(hashToken), 0, [1, 2], (_, token, __, length) => seen.push(wordsAt(tokens, token, length)));
  t.deepEqual(seen, ['‹ reset', 'reset', 'reset my', 'my', 'my password', 'password', 'password ›']);
});

test('character n-grams stay inside a word and its two edges', (t) => {
  const seen: string[] = [];
  for (const word of ['hi', 'a']) {
    visitCharacters(word, 0, 0, [2, 3], (_, __, start, length) => seen.push(charactersAt(word, start, length)));
  }
  t.deepEqual(seen, ['·h', '·hi', 'hi', 'hi·', 'i·', '·a', '·a·', 'a·']);
});

function characterHashes(token: string, at: number, block: number): number[] {
  const hashes: number[] = [];
  visitCharacters(token, at, block, [1, 3], (hash) => hashes.push(hash));
  return hashes;
}

function wordHashes(tokens: string[], block: number): number[] {
  const hashes: number[] = [];
  visitWords(tokens.map(hashToken), block, [1, 3], (hash) => hashes.push(hash));
  return hashes;
}

test('equal n-grams have equal hashes at any place, and different ones in different blocks', (t) => {
  t.deepEqual(characterHashes('good', 1, 0), characterHashes('good', 0, 0));
  t.not(characterHashes('good', 0, 1)[0], characterHashes('good', 0, 0)[0]);
  const [, , good, goodDay] = wordHashes(['good', 'day'], 0);
  t.deepEqual(wordHashes(['so', 'good', 'day'], 0).slice(5, 7), [good, goodDay]);
  t.not(wordHashes(['good'], 1)[0], wordHashes(['good'], 0)[0]);
});

test('hashes are those of the artifacts of format 1', (t) => {
  t.deepEqual(wordHashes(['reset', 'it'], 0).slice(0, 3), [-1143148945, -1835571551, -794064324]);
  t.deepEqual(characterHashes('hi', 0, 1).slice(0, 3), [245606722, -1713549352, -274451042]);
});

test('hashes of different n-grams hardly ever collide', (t) => {
  const words = Array.from({ length: 50_000 }, (_, index) => `w${index}`);
  const hashes = new Set(wordHashes(words, 0));
  // Of 150,001 random values of 32 bits, 2.6 collide on average.
  t.true(hashes.size >= 149_990, `only ${hashes.size} differ`);
});
