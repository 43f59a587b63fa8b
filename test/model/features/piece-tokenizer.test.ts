import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import test from 'ava';
import { sha256 } from '../../../common/checksum.ts';
import { createPieceTokenizer } from '../../../model/features/piece-tokenizer.ts';
import { readTokenizer } from '../../../model/vectors/tokenizer-json.ts';
import { generatedTexts } from './generated-texts.ts';

const folder = join(import.meta.dirname, 'pieces');
const tokenizer = await readFile(join(folder, 'tokenizer.json.br'));
const pieces = readTokenizer('tokenizer.json', brotliDecompressSync(tokenizer));
const visitPieces = createPieceTokenizer(pieces);

function idsOf(text: string): number[] {
  const ids: number[] = [];
  visitPieces(text, (some) => ids.push(...some));
  return ids;
}

test('10,000 texts of many scripts have the ids that the reference gives them', async (t) => {
  const { chunk, digests } = JSON.parse(await readFile(join(folder, 'digests.json'), 'utf8'));
  const texts = generatedTexts(10_000, 7);
  const got = (digests as string[]).map((_, at) => {
    const ids = texts.slice(at * chunk, (at + 1) * chunk).map((text) => idsOf(text).join(' '));
    return sha256(ids.join('\n')).slice(0, 16);
  });
  t.deepEqual(got, digests);
});

const readable: [text: string, pieces: string[]][] = [
  ['', []],
  [' ', ['▁▁']],
  ['Hello world', ['▁Hello', '▁world']],
  ['naïve 😀', ['▁na', 'ï', 've', '▁', '<0xF0>', '<0x9F>', '<0x98>', '<0x80>']],
  ['a</s>b', ['▁a', '</s>', '▁b']],
  ['\ud800', ['▁', '�']],
];

for (const [text, expected] of readable) {
  test(`splits ${JSON.stringify(text)}`, (t) => {
    t.deepEqual(
      idsOf(text).map((id) => pieces.names[id]),
      expected,
    );
  });
}

test('tells where words begin and end', (t) => {
  const words: [start: number, end: number][] = [];
  visitPieces('my  card</s>', (_, start, end) => words.push([start, end]));
  t.deepEqual(words, [
    [-1, 2],
    [2, 8],
    [8, 12],
  ]);
});

test('a word of any length is split', (t) => {
  t.is(
    idsOf('x'.repeat(50_000))
      .map((id) => pieces.names[id])
      .join(''),
    `▁${'x'.repeat(50_000)}`,
  );
});
