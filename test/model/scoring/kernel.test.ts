import { readFile } from 'node:fs/promises';
import test from 'ava';
import wabt from 'wabt';
import type { SparseVector } from '../../../model/features/vectorizer.ts';
import { kernelAdder, kernelCode } from '../../../model/scoring/kernel.ts';
import { addRows, quantise, rowAdder } from '../../../model/scoring/weights.ts';

test('the kernel is its text, assembled', async (t) => {
  const { parseWat } = await wabt();
  const text = await readFile('model/scoring/kernel.wat', 'utf8');
  t.is(kernelCode, Buffer.from(parseWat('kernel.wat', text).toBinary({}).buffer).toString('base64'));
});

// Numbers that are never round, and the same in every run.
const uneven = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, at) => Math.sin(seed * 1000 + at * 1.7) * (1 + (at % 13)));

const vectorOf = (indices: number[], seed: number): SparseVector => ({
  indices: Int32Array.from(indices),
  values: Float64Array.from(uneven(indices.length, seed)),
  length: indices.length,
});

for (const width of [1, 2, 5, 15, 16, 17, 31, 32, 33, 150, 151]) {
  test(`it adds rows of ${width} weights exactly as JavaScript does`, (t) => {
    const rows = quantise(Float32Array.from(uneven(40 * width, width)), width);
    const add = kernelAdder(rows, width);
    const everyRow = [...rows.scales.keys()];
    for (const indices of [[], [0], [39], [39, 0, 7], everyRow, everyRow.toReversed()]) {
      const vector = vectorOf(indices, width + indices.length);
      const [ours, expected] = [Float64Array.from(uneven(width, 3)), Float64Array.from(uneven(width, 3))];
      add(vector, ours);
      addRows(vector, rowAdder(rows, width), expected);
      t.deepEqual(ours, expected);
    }
  });
}

test('rows whose width fills pages to the last byte do not read beyond them', (t) => {
  const rows = quantise(Float32Array.from(uneven(4096 * 16, 1)), 16);
  const sums = new Float64Array(16);
  kernelAdder(rows, 16)(vectorOf([4095], 1), sums);
  const expected = new Float64Array(16);
  addRows(vectorOf([4095], 1), rowAdder(rows, 16), expected);
  t.deepEqual(sums, expected);
});

test('a model without features or classes has nothing to add', (t) => {
  const sums = Float64Array.of(1, 2);
  kernelAdder(quantise(new Float32Array(), 2), 2)(vectorOf([], 1), sums);
  t.deepEqual(sums, Float64Array.of(1, 2));
});

test('two models keep their weights apart', (t) => {
  const vector: SparseVector = { indices: Int32Array.of(0), values: Float64Array.of(1), length: 1 };
  const [one, two] = [127, -127].map((weight) => kernelAdder(quantise(Float32Array.of(weight), 1), 1));
  const [first, second] = [new Float64Array(1), new Float64Array(1)];
  one?.(vector, first);
  two?.(vector, second);
  one?.(vector, first);
  t.deepEqual([...first, ...second], [254, -127]);
});
