import test from 'ava';
import { quantise, rowAdder } from '../../../model/scoring/weights.ts';

test('quantising rounds a row to bytes with one scale; a row of zeros stays zero', (t) => {
  const rows = quantise(Float32Array.of(1, -0.25, 0.25, 0, 0, 0), 3);
  t.deepEqual(rows, { values: Int8Array.of(127, -32, 32, 0, 0, 0), scales: Float32Array.of(1 / 127, 0) });
});

test('adding a row adds value x weight, quantised or not', (t) => {
  const weights = Float32Array.of(127, -127, 64, 1);
  for (const rows of [{ values: weights }, quantise(weights, 2)]) {
    const sums = Float64Array.of(1, 1);
    rowAdder(rows, 2)(0, 2, sums);
    t.deepEqual([...sums], [255, -253]);
  }
});
