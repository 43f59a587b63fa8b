import { readFile } from 'node:fs/promises';
import test from 'ava';
import wabt from 'wabt';
import { createDense, denseCode, padded } from '../../../model/algorithms/dense.ts';

test('the loops are their assembled text', async (t) => {
  const { parseWat } = await wabt();
  const text = await readFile('model/algorithms/dense.wat', 'utf8');
  t.is(denseCode, Buffer.from(parseWat('dense.wat', text).toBinary({}).buffer).toString('base64'));
});

test('counts are filled up to a multiple of four', (t) => {
  t.deepEqual([0, 1, 4, 5, 150].map(padded), [0, 4, 4, 8, 152]);
});

test('forward and backward multiply as the definitions say', (t) => {
  const { loops, arrays } = createDense({ inputs: 3, outputs: 8, weights: 24, gradients: 24 });
  arrays.inputs.values.set([1, 0, -2]);
  arrays.weights.values.set(Float32Array.from({ length: 24 }, (_, at) => at));
  loops.forward(arrays.outputs.place, arrays.inputs.place, arrays.weights.place, 3, 8);
  t.deepEqual(
    [...arrays.outputs.values],
    Array.from({ length: 8 }, (_, column) => column - 2 * (16 + column)),
  );
  loops.backward(arrays.gradients.place, arrays.inputs.place, arrays.outputs.place, 3, 8);
  t.deepEqual(
    [...arrays.gradients.values],
    [1, 0, -2].flatMap((input) => [...arrays.outputs.values].map((error) => input * error + 0)),
  );
});

test('a step is one of Adam, with the penalty, and clears the gradients', (t) => {
  const { loops, arrays } = createDense({ values: 4, gradients: 4, firsts: 4, seconds: 4 });
  const places = [arrays.values, arrays.gradients, arrays.firsts, arrays.seconds].map(({ place }) => place);
  arrays.values.values.set([1, 0, 0, 0]);
  arrays.gradients.values.set([1, -2, 0, 0]);
  loops.step(...places, 4, 0.5, 1);
  const rounded = (values: Float32Array) => Array.from(values, (value) => Number(value.toFixed(5)));
  // Gradients with the penalty: 2, -2, 0, 0.
  t.deepEqual(rounded(arrays.firsts.values), [0.2, -0.2, 0, 0]);
  t.deepEqual(rounded(arrays.seconds.values), [0.04, 0.04, 0, 0]);
  t.deepEqual(rounded(arrays.values.values), [0.5, 0.5, 0, 0]);
  t.deepEqual([...arrays.gradients.values], [0, 0, 0, 0]);
});
