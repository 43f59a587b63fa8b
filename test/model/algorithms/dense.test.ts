import { readFile } from 'node:fs/promises';
import test from 'ava';
import wabt from 'wabt';
import { createDense, denseCode, padded } from '../../../model/algorithms/dense.ts';

test('the loops are their assembled text', async (t) => {
  const { parseWat } = await wabt();
  const text = await readFile('model/algorithms/dense.wat', 'utf8');
  t.is(denseCode, Buffer.from(parseWat('dense.wat', text).toBinary({}).buffer).toString('base64'));
});

test('counts are filled up to a multiple of sixteen', (t) => {
  t.deepEqual([0, 1, 16, 17, 150].map(padded), [0, 16, 16, 32, 160]);
});

test('rows are summed, and gradients added, as the definitions say', (t) => {
  const { loops, arrays } = createDense({ factors: 16, sums: 32, rows: 96, gradients: 96 });
  const weights = Float32Array.from({ length: 96 }, (_, at) => at);
  arrays.rows.values.set(weights);
  // Every second factor counts: 1, 0 and -2.
  arrays.factors.values.set([1, 9, 0, 9, -2]);
  arrays.sums.values.fill(5);
  loops.accumulate(arrays.sums.place, arrays.factors.place, 8, arrays.rows.place, 3, 32);
  const sums = Array.from({ length: 32 }, (_, column) => 5 + column - 2 * (64 + column));
  t.deepEqual([...arrays.sums.values], sums);
  // Two texts of three inputs each, and their errors.
  arrays.factors.values.set([1, 2, 3, 10, 20, 30]);
  loops.backward(arrays.gradients.place, arrays.factors.place, 3, arrays.rows.place, 2, 32);
  const gradient = (first: number, second: number) =>
    Array.from({ length: 32 }, (_, column) => first * column + second * (32 + column));
  t.deepEqual([...arrays.gradients.values], [...gradient(1, 10), ...gradient(2, 20), ...gradient(3, 30)]);
});

test('a step is one of Adam, with the penalty, and clears the gradients', (t) => {
  const { loops, arrays } = createDense({ values: 16, gradients: 16, firsts: 16, seconds: 16 });
  const places = [arrays.values, arrays.gradients, arrays.firsts, arrays.seconds].map(({ place }) => place);
  arrays.values.values.set([1, 0, 0, 0]);
  arrays.gradients.values.set([1, -2, 0, 0]);
  loops.step(...places, 16, 0.5, 1);
  const rounded = (values: Float32Array) => Array.from(values.subarray(0, 4), (value) => Number(value.toFixed(5)));
  // Gradients with the penalty: 2, -2, 0, 0.
  t.deepEqual(rounded(arrays.firsts.values), [0.2, -0.2, 0, 0]);
  t.deepEqual(rounded(arrays.seconds.values), [0.04, 0.04, 0, 0]);
  t.deepEqual(rounded(arrays.values.values), [0.5, 0.5, 0, 0]);
  t.true(arrays.gradients.values.every((value) => value === 0));
});
