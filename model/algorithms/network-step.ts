import { softmax } from '../softmax.ts';
import type { NetworkMember, TrainingSet } from './algorithm.ts';
import type { Matrix } from './matrix.ts';

// The shares of a text's features and of the hidden units that are dropped at each step.
const featureDropout = 0.6;
const unitDropout = 0.2;

/** A network in training, with the arrays that its steps reuse. */
export interface NetworkState {
  readonly member: NetworkMember;
  readonly random: () => number;
  /** The features of the current text that are left after dropout. */
  readonly features: Int32Array;
  readonly values: Float64Array;
  /** Each hidden unit's output, and the gradient of the loss with respect to its input. */
  readonly activity: Float64Array;
  readonly gradient: Float64Array;
  /** Each class's probability minus its target (0 or 1). */
  readonly error: Float64Array;
}

/** Learns from one text: a forward pass with dropout, then a backward pass. */
export function learnRow(network: NetworkState, { matrix, targets }: TrainingSet, row: number, rate: number): void {
  const count = drawFeatures(network, matrix, row);
  activate(network, count);
  outputError(network, targets[row] as number);
  backward(network, count, rate);
}

// Inverted dropout: the features that are left are scaled up.
function drawFeatures({ random, features, values }: NetworkState, matrix: Matrix, row: number): number {
  const end = matrix.starts[row + 1] as number;
  const scale = 1 / (1 - featureDropout);
  let count = 0;
  for (let at = matrix.starts[row] as number; at < end; at += 1) {
    if (random() < featureDropout) continue;
    features[count] = matrix.indices[at] as number;
    values[count++] = (matrix.values[at] as number) * scale;
  }
  return count;
}

function activate({ member, random, features, values, activity }: NetworkState, count: number): void {
  const hidden = activity.length;
  activity.set(member.hiddenBias);
  for (let at = 0; at < count; at += 1) {
    addScaled(activity, member.hiddenWeights, (features[at] as number) * hidden, values[at] as number);
  }
  const scale = 1 / (1 - unitDropout);
  for (let unit = 0; unit < hidden; unit += 1) {
    const dropped = (activity[unit] as number) <= 0 || random() < unitDropout;
    activity[unit] = dropped ? 0 : (activity[unit] as number) * scale;
  }
}

function outputError({ member, activity, error }: NetworkState, target: number): void {
  error.set(member.bias);
  activity.forEach((active, unit) => {
    if (active !== 0) addScaled(error, member.weights, unit * error.length, active);
  });
  softmax(error, 1);
  error[target] = (error[target] as number) - 1;
}

function backward(network: NetworkState, count: number, rate: number): void {
  const { member, features, values, activity, gradient, error } = network;
  const scale = 1 / (1 - unitDropout);
  activity.forEach((active, unit) => {
    gradient[unit] = active === 0 ? 0 : scale * stepBack(member.weights, unit * error.length, error, rate * active);
  });
  addScaled(member.bias, error, 0, -rate);
  addScaled(member.hiddenBias, gradient, 0, -rate);
  for (let at = 0; at < count; at += 1) {
    addTo(member.hiddenWeights, (features[at] as number) * gradient.length, gradient, -rate * (values[at] as number));
  }
}

type Numbers = Float32Array | Float64Array;

function addScaled(sums: Numbers, from: Numbers, base: number, scale: number): void {
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] as number) + scale * (from[base + at] as number);
}

function addTo(sums: Float32Array, base: number, from: Float64Array, scale: number): void {
  for (let at = 0; at < from.length; at += 1) {
    sums[base + at] = (sums[base + at] as number) + scale * (from[at] as number);
  }
}

// Returns the gradient with respect to a unit's output, and updates the unit's weights in the same loop.
function stepBack(weights: Float32Array, base: number, error: Float64Array, step: number): number {
  let gradient = 0;
  for (let at = 0; at < error.length; at += 1) {
    const weight = weights[base + at] as number;
    const delta = error[at] as number;
    gradient += weight * delta;
    weights[base + at] = weight - step * delta;
  }
  return gradient;
}
