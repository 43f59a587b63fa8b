import test from 'ava';
import { mixMembers, sharpen } from '../../../model/scoring/mixture.ts';
import { softmax } from '../../../model/softmax.ts';

function rounded(values: Float64Array): number[] {
  return Array.from(values, (value) => Number(value.toFixed(6)));
}

function softmaxOf(scores: number[], temperature: number): number[] {
  const values = Float64Array.from(scores);
  softmax(values, temperature);
  return rounded(values);
}

test('softmax of known scores, also beyond the range of exp', (t) => {
  t.deepEqual(softmaxOf([0, Math.log(3)], 1), [0.25, 0.75]);
  t.deepEqual(softmaxOf([0, Math.log(3)], 2), [0.1, 0.9]);
  t.deepEqual(softmaxOf([-100_000, -99_000], 1), [0, 1]);
  t.deepEqual(softmaxOf([1e6, 1e6], 1), [0.5, 0.5]);
});

test('sharpening raises to a power and scales to a sum of 1', (t) => {
  const values = Float64Array.of(0.8, 0.2, 0);
  sharpen(values, 2);
  t.deepEqual(rounded(values), [0.941176, 0.058824, 0]);
});

test("a mixture averages the members' probabilities, and sharpens the average", (t) => {
  const probabilities = new Float64Array(2);
  const scores = [Float64Array.of(0, Math.log(3)), Float64Array.of(Math.log(4), 0)];
  mixMembers(scores, { members: [1, 1], mixture: 2 }, probabilities);
  t.deepEqual(rounded(probabilities), [0.549875, 0.450125]);
});

test('members of unequal weight count by their weights', (t) => {
  const probabilities = new Float64Array(2);
  const scores = [Float64Array.of(0, Math.log(3)), Float64Array.of(Math.log(4), 0)];
  mixMembers(scores, { members: [1, 1], mixture: 1, weights: [0.2, 0.8] }, probabilities);
  t.deepEqual(rounded(probabilities), [0.69, 0.31]);
});
