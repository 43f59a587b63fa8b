import { createRandom, shuffle } from '../random.ts';
import type { Matrix } from './matrix.ts';

interface DescentOptions {
  /** The weight C of violated margins: a larger one fits the training texts more closely. */
  cost: number;
  /** Training stops when no example violates optimality by more than this. */
  tolerance: number;
  passes: number;
  seed: number;
}

/**
 * Trains one binary linear SVM with squared hinge loss and a bias, by dual coordinate descent with shrinking (Hsieh et al.,
 * "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008). `signs` is +1 or -1 for each row; the last of the
 * returned weights is the bias.
 */
export function separate(matrix: Matrix, norms: Float64Array, signs: Int8Array, options: DescentOptions): Float64Array {
  const state: State = {
    weights: new Float64Array(matrix.columns + 1),
    duals: new Float64Array(matrix.rows),
    active: Int32Array.from({ length: matrix.rows }, (_, row) => row),
    size: matrix.rows,
    limit: Number.POSITIVE_INFINITY,
  };
  const random = createRandom(options.seed);
  for (let pass = 0; pass < options.passes; pass += 1) {
    shuffle(state.active, random, state.size);
    const violation = sweep(matrix, norms, signs, state, 1 / (2 * options.cost));
    if (violation > options.tolerance) continue;
    if (state.size === matrix.rows) break;
    // The rows that shrinking removed are checked once more before the end.
    state.size = matrix.rows;
    state.limit = Number.POSITIVE_INFINITY;
  }
  return state.weights;
}

interface State {
  weights: Float64Array;
  duals: Float64Array;
  /** The first `size` rows are active; shrinking has removed the others. */
  active: Int32Array;
  size: number;
  /** Shrinking removes a row whose dual is zero and whose gradient is above this. */
  limit: number;
}

/** Returns each row's squared norm, plus 1 for the bias. */
export function squaredNorms({ rows, starts, values }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    values.subarray(starts[row], starts[row + 1]).reduce((sum, value) => sum + value * value, 1),
  );
}

// The hot loop of training: one function with plain loops, which allocates nothing.
function sweep(matrix: Matrix, norms: Float64Array, signs: Int8Array, state: State, softness: number): number {
  const { starts, indices, values, columns } = matrix;
  const { weights, duals, active, limit } = state;
  let highest = Number.NEGATIVE_INFINITY;
  let violation = 0;
  let at = 0;
  while (at < state.size) {
    const row = active[at] as number;
    const sign = signs[row] as number;
    const dual = duals[row] as number;
    const end = starts[row + 1] as number;
    let margin = weights[columns] as number;
    for (let entry = starts[row] as number; entry < end; entry += 1) {
      margin += (weights[indices[entry] as number] as number) * (values[entry] as number);
    }
    const gradient = sign * margin - 1 + softness * dual;
    if (dual === 0 && gradient > limit) {
      state.size -= 1;
      active[at] = active[state.size] as number;
      active[state.size] = row;
      continue;
    }
    at += 1;
    const projected = dual === 0 ? Math.min(gradient, 0) : gradient;
    if (projected > highest) highest = projected;
    if (projected === 0) continue;
    violation = Math.max(violation, Math.abs(projected));
    const updated = Math.max(dual - gradient / ((norms[row] as number) + softness), 0);
    duals[row] = updated;
    const step = (updated - dual) * sign;
    weights[columns] = (weights[columns] as number) + step;
    for (let entry = starts[row] as number; entry < end; entry += 1) {
      const index = indices[entry] as number;
      weights[index] = (weights[index] as number) + step * (values[entry] as number);
    }
  }
  state.limit = highest > 0 ? highest : Number.POSITIVE_INFINITY;
  return violation;
}
