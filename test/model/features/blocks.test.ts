import test from 'ava';
import { blockVisitor, featureFinder, tokensOf } from '../../../model/features/blocks.ts';
import { type Block, featuresSchema } from '../../../model/features/features.ts';
import { createVocabulary } from '../../../model/features/vocabulary.ts';

const blockOf = (block: object): Block => featuresSchema.parse({ blocks: [block] }).blocks[0] as Block;
const stems = blockOf({ kind: 'words', stemmer: 'porter', stopWords: 'drop' });
const characters = blockOf({ kind: 'characters', lengths: [2, 3] });

const hashesOf = (block: Block, tokens: string[]): number[] => {
  const hashes: number[] = [];
  blockVisitor(block, 0)(tokens, (hash) => hashes.push(hash));
  return hashes;
};

test('a block of words sees stems without stop words, a block of characters sees tokens', (t) => {
  const tokens = ['the', 'cancelled', 'deliveries'];
  t.deepEqual(tokensOf(stems, tokens), ['cancel', 'deliveri']);
  t.deepEqual(tokensOf(characters, tokens), tokens);
});

for (const [name, block] of Object.entries({ words: stems, characters })) {
  test(`of a block of ${name}, the known n-grams are found, as often as they come, in order, and the same again`, (t) => {
    const known = hashesOf(block, ['deliveries', 'arrived']);
    const vocabulary = createVocabulary(Int32Array.from(new Set(known)));
    const found: number[] = [];
    const find = featureFinder(block, blockVisitor(block, 0), vocabulary, (feature) => found.push(feature));
    const tokens = ['deliveries', 'of', 'deliveries', 'arrived'];
    const expected = hashesOf(block, tokens)
      .map(vocabulary.find)
      .filter((feature) => feature >= 0);
    t.true(expected.length > 3);
    for (let time = 0; time < 2; time += 1) {
      found.length = 0;
      find(tokens);
      t.deepEqual(found, expected);
    }
  });
}
