import { softmax } from '../scoring/softmax.ts';
import type { NetworkMember, TrainingSet } from './algorithm.ts';
import type { Matrix } from './matrix.ts';

export interface NetworkOptions {
  hidden: number;
  epochs: number;
  /** The first step length; it falls to zero evenly over the epochs. */
  rate: number;
  /** The share of a text's features that is hidden from the network at each step. */
  featureDropout: number;
  /** The share of hidden units that is silenced at each step. */
  unitDropout: number;
  /** The spread of the first weights. */
  spread: number;
}

/** A network while it learns, with the arrays that its steps reuse. */
export interface Network {
  readonly member: NetworkMember;
  readonly options: NetworkOptions;
  readonly random: () => number;
  /** The features of the text at hand that survived dropout; `count` of them. */
  readonly features: Int32Array;
  readonly values: Float64Array;
  /** What each hidden unit passes on, and what it is blamed for. */
  readonly activity: Float64Array;
  readonly blame: Float64Array;
  /** Each class's probability minus what it should be. */
  readonly error: Float64Array;
}

/** Learns from one text: forward with dropout, then back. */
export function learn(network: Network, { matrix, targets }: TrainingSet, row: number, rate: number): void {
  const count = drawFeatures(network, matrix, row);
  activate(network, count);
  judge(network, targets[row] as number);
  correct(network, count, rate);
}

// Features that survive dropout are scaled up for those that don't.
function drawFeatures({ options, random, features, values }: Network, matrix: Matrix, row: number): number {
  const { featureDropout } = options;
  const end = matrix.starts[row + 1] as number;
  const scale = 1 / (1 - featureDropout);
  let count = 0;
  for (let at = matrix.starts[row] as number; at < end; at += 1) {
    if (featureDropout > 0 && random() < featureDropout) continue;
    features[count] = matrix.indices[at] as number;
    values[count++] = (matrix.values[at] as number) * scale;
  }
  return count;
}

function activate({ member, options, random, features, values, activity }: Network, count: number): void {
  const { hidden, unitDropout } = options;
  activity.set(member.hiddenBias);
  for (let at = 0; at < count; at += 1) {
    addScaled(activity, member.hiddenWeights, (features[at] as number) * hidden, values[at] as number);
  }
  const scale = 1 / (1 - unitDropout);
  for (let unit = 0; unit < hidden; unit += 1) {
    const silent = (activity[unit] as number) <= 0 || (unitDropout > 0 && random() < unitDropout);
    activity[unit] = silent ? 0 : (activity[unit] as number) * scale;
  }
}

function judge({ member, activity, error }: Network, target: number): void {
  error.set(member.bias);
  activity.forEach((active, unit) => {
    if (active !== 0) addScaled(error, member.weights, unit * error.length, active);
  });
  softmax(error, 1);
  error[target] = (error[target] as number) - 1;
}

function correct(
  { member, options, features, values, activity, blame, error }: Network,
  count: number,
  rate: number,
): void {
  const scale = 1 / (1 - options.unitDropout);
  activity.forEach((active, unit) => {
    blame[unit] = active === 0 ? 0 : scale * stepBack(member.weights, unit * error.length, error, rate * active);
  });
  addScaled(member.bias, error, 0, -rate);
  addScaled(member.hiddenBias, blame, 0, -rate);
  for (let at = 0; at < count; at += 1) {
    addTo(member.hiddenWeights, (features[at] as number) * blame.length, blame, -rate * (values[at] as number));
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

// The blame that flows back through a unit's weights, which take their step on the way.
function stepBack(weights: Float32Array, base: number, error: Float64Array, step: number): number {
  let blame = 0;
  for (let at = 0; at < error.length; at += 1) {
    const weight = weights[base + at] as number;
    const wrong = error[at] as number;
    blame += weight * wrong;
    weights[base + at] = weight - step * wrong;
  }
  return blame;
}
