import test from 'ava';
import { zipSync } from 'fflate';
import { readWheel } from '../../../model/vectors/load.ts';
import { packageOf, safetensorsOf, smallPieces, smallTokenizer, smallWheel } from './small-wheel.ts';

test('reads pieces, merges and the first columns of the vectors from a wheel', (t) => {
  const { pieces, rows } = readWheel('small.whl', smallWheel, packageOf(smallWheel), 2);
  t.is(pieces.names.length, smallPieces);
  t.deepEqual(pieces.special, [0, 1, 2]);
  t.deepEqual(
    [...pieces.merges.subarray(0, 3)].map((id) => pieces.names[id]),
    ['▁', 'a', '▁a'],
  );
  t.is(rows.values.length, smallPieces * 2);
  const [scale = 0] = rows.scales;
  // Row by row, as bytes: the largest number of a row is 127 steps.
  t.deepEqual([...rows.values.subarray(0, 2)], [0, 127]);
  t.true(Math.abs(scale * 127 - Math.sin(1.37)) < 1e-3);
});

const tokenizer = Buffer.from(JSON.stringify(smallTokenizer));
const vectors = safetensorsOf(smallPieces, 1, new Float16Array(smallPieces));
const otherModel = { ...smallTokenizer, model: { ...smallTokenizer.model, type: 'Unigram' } };
const wrongMerge = { ...smallTokenizer, model: { ...smallTokenizer.model, merges: ['a b'] } };
const spaceInside = {
  ...smallTokenizer,
  model: { ...smallTokenizer.model, vocab: { ...smallTokenizer.model.vocab, 'a▁b': smallPieces } },
};

function wheelWith(files: Record<string, Uint8Array>): Uint8Array {
  return zipSync({ 'small/tokenizer.json': tokenizer, 'small/vectors.safetensors': vectors, ...files });
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

const refusals: [what: string, wheel: Uint8Array, message: RegExp][] = [
  [
    'no vectors',
    zipSync({ 'small/tokenizer.json': tokenizer }),
    /^small\.whl: expected a file small\/vectors\.safetensors in it, got none$/,
  ],
  [
    'another tokenizer',
    wheelWith({ 'small/tokenizer.json': json(otherModel) }),
    /^small\.whl\/small\/tokenizer\.json: not a tokenizer that can be read:[\s\S]*model\.type/,
  ],
  ['no JSON', wheelWith({ 'small/tokenizer.json': Buffer.from('{') }), /tokenizer\.json: expected JSON, got /],
  [
    'a merge into no piece',
    wheelWith({ 'small/tokenizer.json': json(wrongMerge) }),
    /expected merges of pieces into a piece, got a b$/,
  ],
  [
    'a space inside a piece',
    wheelWith({ 'small/tokenizer.json': json(spaceInside) }),
    /expected no space inside a piece, got a▁b$/,
  ],
  [
    'a header beyond the file',
    wheelWith({ 'small/vectors.safetensors': Buffer.from([255, 0, 0, 0, 0, 0, 0, 0]) }),
    /vectors\.safetensors: expected a header of 255 bytes, got a file of 8$/,
  ],
  [
    'vectors cut short',
    wheelWith({ 'small/vectors.safetensors': vectors.subarray(0, vectors.length - 2) }),
    /vectors\.safetensors: expected a matrix of F16 and nothing else, got F16 of shape \d+ x 1 in \d+ bytes$/,
  ],
  [
    'too few vectors',
    wheelWith({ 'small/vectors.safetensors': safetensorsOf(3, 1, new Float16Array(3)) }),
    /^small\.whl: expected \d+ vectors of at least 1 columns, got 3 of 1$/,
  ],
];

for (const [what, wheel, message] of refusals) {
  test(`refuses a wheel with ${what}`, (t) => {
    t.throws(() => readWheel('small.whl', wheel, packageOf(wheel), 1), { name: 'VectorError', message });
  });
}

test('refuses a file that is not the wheel, and says what to do', (t) => {
  const source = packageOf(smallWheel);
  t.throws(() => readWheel('small.whl', smallWheel.subarray(1), source, 1), {
    name: 'VectorError',
    message: new RegExp(
      `^small\\.whl: expected the SHA-256 ${source.sha256}, got [0-9a-f]{64} of ${smallWheel.length - 1} bytes; delete it, and it is fetched again$`,
    ),
  });
});
