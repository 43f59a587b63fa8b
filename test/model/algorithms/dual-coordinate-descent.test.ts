import test from 'ava';
import { separate, squaredNorms } from '../../../model/algorithms/dual-coordinate-descent.ts';
import type { Matrix } from '../../../model/algorithms/matrix.ts';

const dense = (rows: number[][]): Matrix => {
  const columns = rows[0]?.length ?? 0;
  return {
    rows: rows.length,
    columns,
    starts: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * columns),
    indices: Int32Array.from(rows.flatMap((row) => row.map((_, column) => column))),
    values: Float64Array.from(rows.flat()),
  };
};

const solve = (matrix: Matrix, signs: Int8Array, options = {}): Float64Array =>
  separate(matrix, squaredNorms(matrix), signs, { cost: 1, tolerance: 1e-6, passes: 2000, seed: 1, ...options });

// w/2 + C sum max(0, 1 - y wx)^2, with the bias regularised like a weight.
const objective = (matrix: Matrix, signs: Int8Array, weights: Float64Array, cost = 1): number => {
  const penalty = weights.reduce((sum, weight) => sum + weight * weight, 0) / 2;
  const losses = Array.from(signs, (sign, row) => {
    let margin = weights[matrix.columns] as number;
    for (let at = matrix.starts[row] as number; at < (matrix.starts[row + 1] as number); at += 1) {
      margin += (weights[matrix.indices[at] as number] as number) * (matrix.values[at] as number);
    }
    return Math.max(0, 1 - sign * margin) ** 2;
  });
  return penalty + cost * losses.reduce((sum, loss) => sum + loss, 0);
};

test('two points: the solution is the one that algebra gives', (t) => {
  // By symmetry w = (a), bias 0; minimise a^2/2 + 2 (1 - a)^2: a = 4/5.
  const weights = solve(dense([[1], [-1]]), Int8Array.of(1, -1));
  t.true(Math.abs((weights[0] as number) - 0.8) < 1e-4);
  t.true(Math.abs(weights[1] as number) < 1e-4);
});

test('no small step in any direction lowers the objective', (t) => {
  const rows = [
    [1, 0.2, 0],
    [0.8, 0, 0.5],
    [0, 1, 0.1],
    [0.1, 0.7, 0.9],
    [0.5, 0.5, 0.5],
    [0.2, 0.9, 0.3],
  ];
  const matrix = dense(rows);
  const signs = Int8Array.of(1, 1, -1, -1, 1, -1);
  const weights = solve(matrix, signs);
  const best = objective(matrix, signs, weights);
  for (let at = 0; at <= matrix.columns; at += 1) {
    for (const step of [-0.01, 0.01]) {
      const moved = Float64Array.from(weights);
      moved[at] = (moved[at] as number) + step;
      t.true(objective(matrix, signs, moved) > best);
    }
  }
});

test('shrinking loses nothing: many easy examples far away change little and are still obeyed', (t) => {
  const easy = Array.from({ length: 200 }, (_, index) => [index % 2 === 0 ? 3 + index / 100 : -3 - index / 100]);
  const matrix = dense([[0.5], [-0.5], ...easy]);
  const signs = Int8Array.from({ length: 202 }, (_, index) => (index % 2 === 0 ? 1 : -1));
  const weights = solve(matrix, signs);
  const best = objective(matrix, signs, weights);
  t.true(objective(matrix, signs, Float64Array.of((weights[0] as number) + 0.01, weights[1] as number)) > best);
  t.true(objective(matrix, signs, Float64Array.of((weights[0] as number) - 0.01, weights[1] as number)) > best);
});

test('the same seed gives the same weights', (t) => {
  const matrix = dense([
    [1, 2],
    [2, 1],
    [0, 1],
  ]);
  const signs = Int8Array.of(1, -1, 1);
  t.deepEqual(solve(matrix, signs, { passes: 3 }), solve(matrix, signs, { passes: 3 }));
});
