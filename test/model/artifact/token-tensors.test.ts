import test from 'ava';
import type { TensorValues } from '../../../model/artifact/layout.ts';
import { namedTensors, weightsFrom } from '../../../model/artifact/tensors.ts';
import { trainSemantic } from '../trained.ts';
import { smallVectors } from '../vectors/small-wheel.ts';

const { manifest } = await trainSemantic();
const tokenVectors = await smallVectors();
const rows = { values: new Int8Array(64 * 4), scales: new Float32Array(64) };
const members = [
  { kind: 'linear', bias: new Float32Array(4), rows: { values: new Int8Array(), scales: new Float32Array() } },
  { kind: 'vector', bias: new Float32Array(4), rows },
] as const;
const tensors = namedTensors({ hashes: new Int32Array(), tokenVectors, members });

test('token vectors come back from their arrays', (t) => {
  t.deepEqual(weightsFrom(manifest, tensors).tokenVectors, tokenVectors);
});

const damages: [name: string, values: TensorValues, message: RegExp][] = [
  ['tokens.merges', Int32Array.of(1, 2, 999_999), /expected tokens\.merges and tokens\.special to hold ids below \d+/],
  ['tokens.merges', Int32Array.of(1, 2), /expected tokens\.merges and tokens\.special to hold ids/],
  ['tokens.special', Int32Array.of(-1), /to hold ids below/],
  ['tokens.names', new Int8Array(3), /expected tokens\.names to be \d+ of Int8Array, found 3 of Int8Array/],
  ['tokens.vectors', new Int8Array(64), /expected tokens\.vectors to be \d+ of Int8Array, found 64/],
  ['member1.weights', new Int8Array(8), /expected member1\.weights to be 256 of Int8Array, found 8/],
];

for (const [at, [name, values, message]] of damages.entries()) {
  test(`refuses ${name} that contradicts the rest, ${at}`, (t) => {
    t.throws(() => weightsFrom(manifest, new Map([...tensors, [name, values]])), { message });
  });
}
