import test from 'ava';
import { fitSoftmax } from '../../../model/algorithms/softmax-regression.ts';
import { createRandom } from '../../../model/random.ts';
import { quietly } from '../problem.ts';

const columns = 6;
const classes = 3;

// Three clouds around three axes, and a text without a known token.
function clouds() {
  const random = createRandom(3);
  const targets = Int32Array.from({ length: 90 }, (_, row) => row % classes);
  const vectors = new Float32Array(targets.length * columns);
  targets.forEach((target, row) => {
    const vector = Array.from({ length: columns }, (_, column) => 0.3 * random() + (column === target ? 1 : 0));
    const norm = Math.hypot(...vector);
    vectors.set(row === 0 ? new Array(columns).fill(0) : vector.map((value) => value / norm), row * columns);
  });
  return { vectors, targets, classes };
}

// The gradient of half the squared weights plus cost x the loss of the texts, at the weights.
function gradientAt(weights: Float32Array, bias: Float32Array, cost: number): number[] {
  const { vectors, targets } = clouds();
  const gradient = Array.from(weights);
  targets.forEach((target, row) => {
    const vector = vectors.subarray(row * columns, (row + 1) * columns);
    const scores = Array.from(bias, (start, at) =>
      vector.reduce((sum, value, column) => sum + value * (weights[column * classes + at] as number), start),
    );
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    scores.forEach((score, at) => {
      const error = Math.exp(score) / total - (at === target ? 1 : 0);
      vector.forEach((value, column) => {
        gradient[column * classes + at] = (gradient[column * classes + at] as number) + cost * error * value;
      });
    });
  });
  return gradient;
}

test('ends near the optimum, where the gradient is zero', async (t) => {
  const { bias, weights } = await fitSoftmax(clouds(), 1, quietly);
  const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
  const start = largest(gradientAt(new Float32Array(weights.length), new Float32Array(classes), 1));
  t.true(largest(gradientAt(weights, bias, 1)) < 0.05 * start);
});

test('the same seed gives the same weights', async (t) => {
  t.deepEqual(await fitSoftmax(clouds(), 10, quietly), await fitSoftmax(clouds(), 10, quietly));
});
