import { readFile } from 'node:fs/promises';
import test from 'ava';
import wabt from 'wabt';
import type { SparseVector } from '../../../model/features/vectorizer.ts';
import { kernelAdder, kernelCode } from '../../../model/scoring/kernel.ts';
import { type QuantisedRows, quantise } from '../../../model/scoring/weights.ts';
import { entriesOf } from '../problem.ts';

test('the kernel is its assembled text', async (t) => {
  const { parseWat } = await wabt();
  const text = await readFile('model/scoring/kernel.wat', 'utf8');
  t.is(kernelCode, Buffer.from(parseWat('kernel.wat', text).toBinary({}).buffer).toString('base64'));
});

// Numbers that need rounding, the same in every run.
function uneven(length: number, seed: number): number[] {
  return Array.from({ length }, (_, at) => Math.sin(seed * 1000 + at * 1.7) * (1 + (at % 13)));
}

function vectorOf(indices: number[], seed: number): SparseVector {
  const values = Float64Array.from(uneven(indices.length, seed));
  return { indices: Int32Array.from(indices), values, length: indices.length };
}

// The same in JavaScript: every product and every sum is rounded to a float.
function addInFloats(rows: QuantisedRows, width: number, vector: SparseVector, start: Float64Array): Float64Array {
  const sums = Float32Array.from(start);
  for (const [row, value] of entriesOf(vector)) {
    const factor = Math.fround(value * (rows.scales[row] as number));
    sums.forEach((sum, column) => {
      sums[column] = sum + Math.fround(factor * (rows.values[row * width + column] as number));
    });
  }
  return Float64Array.from(sums);
}

// With the sums (128 bytes), a factor and an offset for each row, the weights of the last two end at the end of a page.
const sizes: [width: number, count: number][] = [
  ...[1, 2, 5, 31, 32, 33, 63, 64, 65, 150, 151].map((width): [number, number] => [width, 40]),
  [2, 0],
  [31, 13_440],
  [1, 58_240],
];

for (const [width, count] of sizes) {
  test(`the kernel adds ${count} rows of ${width} weights exactly as JavaScript does`, (t) => {
    const rows = quantise(Float32Array.from(uneven(count * width, width)), width);
    const add = kernelAdder(rows, width);
    const all = [...rows.scales.keys()];
    for (const indices of [[], all.slice(0, 1), all.slice(-1), all.slice(-9).reverse(), all, all.toReversed()]) {
      const vector = vectorOf(indices, width + indices.length);
      const sums = Float64Array.from(uneven(width, 3));
      const expected = addInFloats(rows, width, vector, sums);
      add(vector, sums);
      t.deepEqual(sums, expected);
    }
  });
}

test('two kernels have separate weights', (t) => {
  const vector: SparseVector = { indices: Int32Array.of(0), values: Float64Array.of(1), length: 1 };
  const [one, two] = [127, -127].map((weight) => kernelAdder(quantise(Float32Array.of(weight), 1), 1));
  const sums = new Float64Array(1);
  for (const add of [one, two, one]) add?.(vector, sums);
  t.deepEqual([...sums], [127]);
});
