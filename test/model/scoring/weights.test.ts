import test from 'ava';
import { quantise, rowAdder, weightAt } from '../../../model/scoring/weights.ts';

test('quantising turns a row into bytes with one scale; a row of zeros stays zero', (t) => {
  const rows = quantise(Float32Array.of(1, -0.25, 0, 0), 2);
  t.deepEqual(rows, { values: Int8Array.of(127, -32, 0, 0), scales: Float32Array.of(1 / 127, 0) });
});

test('quantising moves no weight by more than half a step', (t) => {
  const weights = Float32Array.from({ length: 600 }, (_, index) => Math.sin(index * 1.7) * (1 + index / 100));
  const rows = quantise(weights, 6);
  weights.forEach((weight, index) => {
    const row = Math.floor(index / 6);
    const step = rows.scales[row] as number;
    t.true(Math.abs(weightAt(rows, 6, row, index % 6) - weight) <= step / 2 + 1e-7);
  });
});

test('adding a row adds value x weight, quantised or not', (t) => {
  const weights = Float32Array.of(127, -127, 64, 1);
  for (const rows of [{ values: weights }, quantise(weights, 2)]) {
    const sums = Float64Array.of(1, 1);
    rowAdder(rows, 2)(0, 2, sums);
    t.deepEqual([...sums], [255, -253]);
  }
});

test('quantising no weights gives none', (t) => {
  t.deepEqual(quantise(new Float32Array(), 3), { values: new Int8Array(), scales: new Float32Array() });
});
