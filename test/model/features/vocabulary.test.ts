import test from 'ava';
import { createVocabulary } from '../../../model/features/vocabulary.ts';
import { createRandom } from '../../../model/random.ts';

test('finds every known hash at its index, and no other hash', (t) => {
  const random = createRandom(5);
  const hashes = Int32Array.from({ length: 3000 }, () => Math.floor(random() * 2 ** 32) | 0);
  const vocabulary = createVocabulary(hashes);
  t.true(hashes.every((hash, index) => vocabulary.find(hash) === index));
  const known = new Set(hashes);
  for (let other = 0; other < 3000; other += 1) if (!known.has(other)) t.is(vocabulary.find(other), -1);
  t.is(createVocabulary(new Int32Array()).find(1), -1);
});

test('tells hashes of the same slot apart; zero is a valid hash', (t) => {
  const vocabulary = createVocabulary(Int32Array.of(0, 8, 16, -8));
  t.deepEqual([0, 8, 16, -8, 24].map(vocabulary.find), [0, 1, 2, 3, -1]);
});
