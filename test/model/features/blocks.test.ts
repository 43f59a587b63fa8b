import test from 'ava';
import { blockVisitor, featureFinder, tokensOf } from '../../../model/features/blocks.ts';
import { type Block, featuresSchema } from '../../../model/features/features.ts';
import { createVocabulary } from '../../../model/features/vocabulary.ts';

function blockOf(block: object): Block {
  return featuresSchema.parse({ blocks: [block] }).blocks[0] as Block;
}

const stems = blockOf({ kind: 'words', stemmer: 'porter', stopWords: 'drop' });
const characters = blockOf({ kind: 'characters', lengths: [2, 3] });

function hashesOf(block: Block, tokens: string[]): number[] {
  const hashes: number[] = [];
  blockVisitor(block, 0)(tokens, (hash) => hashes.push(hash));
  return hashes;
}

test('a block of words takes stems without stop words, a block of characters takes tokens', (t) => {
  const tokens = ['the', 'cancelled', 'deliveries'];
  t.deepEqual(tokensOf(stems, tokens), ['cancel', 'deliveri']);
  t.deepEqual(tokensOf(characters, tokens), tokens);
});

for (const [name, block] of Object.entries({ words: stems, characters })) {
  test(`the known n-grams of a block of ${name} are found as often as they occur, in order, also from memory`, (t) => {
    const known = hashesOf(block, ['deliveries', 'arrived']);
    const vocabulary = createVocabulary(Int32Array.from(new Set(known)));
    const found: number[] = [];
    const find = featureFinder(block, blockVisitor(block, 0), vocabulary, (feature) => found.push(feature));
    const tokens = ['deliveries', 'of', 'deliveries', 'arrived'];
    const expected = hashesOf(block, tokens)
      .map(vocabulary.find)
      .filter((feature) => feature >= 0);
    t.true(expected.length > 3);
    find(tokens);
    find(tokens);
    t.deepEqual(found, [...expected, ...expected]);
  });
}
