import { createRandom, shuffle } from '../random.ts';
import { softmax } from '../scoring/softmax.ts';
import type { FitOptions, NetworkMember, TrainingSet } from './algorithm.ts';
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

/**
 * One hidden layer of rectified units before a softmax, by stochastic gradient descent one text at a time: only the rows of
 * the text's own features are touched, so that a step costs what the text is long and not what the vocabulary is.
 */
export async function fitNetwork(
  set: TrainingSet,
  { seed, onProgress }: FitOptions,
  options: NetworkOptions,
): Promise<NetworkMember> {
  const random = createRandom(seed);
  const network = createNetwork(set, options, random);
  const order = Int32Array.from({ length: set.matrix.rows }, (_, row) => row);
  const total = options.epochs * order.length;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    order.forEach((row, at) => {
      learn(network, set, row, options.rate * (1 - (epoch * order.length + at) / total));
    });
    await onProgress((epoch + 1) / options.epochs);
  }
  return network.member;
}

interface Network {
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

function createNetwork({ matrix, classes }: TrainingSet, options: NetworkOptions, random: () => number): Network {
  const { hidden, spread } = options;
  const hiddenWeights = normals(matrix.columns * hidden, spread, random);
  const weights = normals(hidden * classes, Math.sqrt(2 / hidden), random);
  return {
    member: {
      kind: 'network',
      hiddenBias: new Float32Array(hidden),
      hiddenWeights,
      bias: new Float32Array(classes),
      weights,
    },
    options,
    random,
    features: new Int32Array(matrix.columns),
    values: new Float64Array(matrix.columns),
    activity: new Float64Array(hidden),
    blame: new Float64Array(hidden),
    error: new Float64Array(classes),
  };
}

function learn(network: Network, { matrix, targets }: TrainingSet, row: number, rate: number): void {
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

// Box and Muller.
function normals(length: number, spread: number, random: () => number): Float32Array {
  return Float32Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return spread * radius * Math.cos(2 * Math.PI * random());
  });
}
