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

for (const width of [1, 2, 5, 31, 32, 33, 63, 64, 65, 150, 151]) {
  test(`the kernel adds rows of ${width} weights exactly as JavaScript does`, (t) => {
    const rows = quantise(Float32Array.from(uneven(40 * width, width)), width);
    const add = kernelAdder(rows, width);
    const everyRow = [...rows.scales.keys()];
    for (const indices of [[], [0], [39], [39, 0, 7], everyRow, everyRow.toReversed()]) {
      const vector = vectorOf(indices, width + indices.length);
      const sums = Float64Array.from(uneven(width, 3));
      const expected = addInFloats(rows, width, vector, sums);
      add(vector, sums);
      t.deepEqual(sums, expected);
    }
  });
}

// With the sums (128 bytes), a factor and an offset for each row, the weights end at the end of a page.
for (const [width, count] of [
  [31, 13_440],
  [1, 58_240],
] as const) {
  test(`the kernel reads nothing beyond the page at whose end ${count} rows of ${width} end`, (t) => {
    t.is((128 + count * (4 + 4 + width)) % 65_536, 0);
    const rows = quantise(Float32Array.from(uneven(count * width, 1)), width);
    const last = vectorOf([count - 1], 1);
    const sums = new Float64Array(width);
    const expected = addInFloats(rows, width, last, sums);
    kernelAdder(rows, width)(last, sums);
    t.deepEqual(sums, expected);
  });
}

test('a model without features adds nothing', (t) => {
  const sums = Float64Array.of(1, 2);
  kernelAdder(quantise(new Float32Array(), 2), 2)(vectorOf([], 1), sums);
  t.deepEqual(sums, Float64Array.of(1, 2));
});

test('two kernels have separate weights', (t) => {
  const vector: SparseVector = { indices: Int32Array.of(0), values: Float64Array.of(1), length: 1 };
  const [one, two] = [127, -127].map((weight) => kernelAdder(quantise(Float32Array.of(weight), 1), 1));
  const [first, second] = [new Float64Array(1), new Float64Array(1)];
  one?.(vector, first);
  two?.(vector, second);
  one?.(vector, first);
  t.deepEqual([...first, ...second], [254, -127]);
});
