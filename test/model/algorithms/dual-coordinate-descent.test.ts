import test from 'ava';
import { separate, squaredNorms } from '../../../model/algorithms/dual-coordinate-descent.ts';
import { type Matrix, rowOf } from '../../../model/algorithms/matrix.ts';
import { dense } from '../problem.ts';

// |w|^2 / 2 + C sum max(0, 1 - y wx)^2, where the bias is regularised like a weight.
function objective(matrix: Matrix, signs: Int8Array, weights: Float64Array, cost: number): number {
  const penalty = weights.reduce((sum, weight) => sum + weight * weight, 0) / 2;
  const losses = Array.from(signs, (sign, row) => {
    const { indices, values } = rowOf(matrix, row);
    const product = values.reduce((sum, value, at) => sum + value * (weights[indices[at] as number] as number), 0);
    return Math.max(0, 1 - sign * (product + (weights[matrix.columns] as number))) ** 2;
  });
  return penalty + cost * losses.reduce((sum, loss) => sum + loss, 0);
}

// The objective is convex and smooth: it is minimal where no small step along one axis lowers it.
function solvesToMinimum(matrix: Matrix, signs: Int8Array, cost = 1): boolean {
  const options = { cost, tolerance: 1e-6, passes: 2000, seed: 1 };
  const weights = separate(matrix, squaredNorms(matrix), signs, options);
  const best = objective(matrix, signs, weights, cost);
  const steps = [...weights.keys()].flatMap((at) => [-0.001, 0.001].map((step) => [at, step] as const));
  return steps.every(([at, step]) => {
    const moved = weights.with(at, (weights[at] as number) + step);
    return objective(matrix, signs, moved, cost) > best;
  });
}

for (const cost of [0.1, 1, 5]) {
  test(`the objective is minimal at cost ${cost}`, (t) => {
    const matrix = dense([
      [1, 0.2, 0],
      [0.8, 0, 0.5],
      [0, 1, 0.1],
      [0.1, 0.7, 0.9],
      [0.5, 0.5, 0.5],
      [0.2, 0.9, 0.3],
    ]);
    t.true(solvesToMinimum(matrix, Int8Array.of(1, 1, -1, -1, 1, -1), cost));
  });
}

test('the objective is minimal after shrinking has removed many easy examples', (t) => {
  const easy = Array.from({ length: 200 }, (_, index) => [index % 2 === 0 ? 3 + index / 100 : -3 - index / 100]);
  const signs = Int8Array.from({ length: 202 }, (_, index) => (index % 2 === 0 ? 1 : -1));
  t.true(solvesToMinimum(dense([[0.5], [-0.5], ...easy]), signs));
});
