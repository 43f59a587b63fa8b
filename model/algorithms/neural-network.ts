import { createRandom, shuffle } from '../random.ts';
import { softmax } from '../scoring/softmax.ts';
import type { FitOptions, NetworkMember, TrainingSet } from './algorithm.ts';

export interface NetworkOptions {
  hidden: number;
  epochs: number;
  /** The first step length; it falls to zero evenly over the epochs. */
  rate: number;
  /** The share of a text's features that is hidden from the network at each step. */
  featureDropout: number;
  /** The share of hidden units that is silenced at each step. */
  unitDropout: number;
  /** The share of the target's probability that is spread over all classes. */
  smoothing: number;
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
      network.learn(row, options.rate * (1 - (epoch * order.length + at) / total));
    });
    await onProgress((epoch + 1) / options.epochs);
  }
  return network.member;
}

interface Network {
  member: NetworkMember;
  learn(row: number, rate: number): void;
}

function createNetwork(set: TrainingSet, options: NetworkOptions, random: () => number): Network {
  const { matrix, targets, classes } = set;
  const { hidden } = options;
  const hiddenWeights = normals(matrix.columns * hidden, options.spread, random);
  const hiddenBias = new Float32Array(hidden);
  const weights = normals(hidden * classes, Math.sqrt(2 / hidden), random);
  const bias = new Float32Array(classes);
  const activity = new Float64Array(hidden);
  const blame = new Float64Array(hidden);
  const error = new Float64Array(classes);
  const seen = new Int32Array(matrix.columns);
  const values = new Float64Array(matrix.columns);

  // The text's features that survive dropout, scaled up for those that don't.
  const drawFeatures = (row: number): number => {
    const end = matrix.starts[row + 1] as number;
    const scale = 1 / (1 - options.featureDropout);
    let count = 0;
    for (let at = matrix.starts[row] as number; at < end; at += 1) {
      if (options.featureDropout > 0 && random() < options.featureDropout) continue;
      seen[count] = matrix.indices[at] as number;
      values[count++] = (matrix.values[at] as number) * scale;
    }
    return count;
  };

  const activate = (count: number): void => {
    activity.set(hiddenBias);
    for (let at = 0; at < count; at += 1)
      addScaled(activity, hiddenWeights, (seen[at] as number) * hidden, values[at] as number);
    const scale = 1 / (1 - options.unitDropout);
    for (let unit = 0; unit < hidden; unit += 1) {
      const silent = (activity[unit] as number) <= 0 || (options.unitDropout > 0 && random() < options.unitDropout);
      activity[unit] = silent ? 0 : (activity[unit] as number) * scale;
    }
  };

  const judge = (target: number): void => {
    error.set(bias);
    for (let unit = 0; unit < hidden; unit += 1) {
      const active = activity[unit] as number;
      if (active !== 0) addScaled(error, weights, unit * classes, active);
    }
    softmax(error, 1);
    const spread = options.smoothing / classes;
    for (let at = 0; at < classes; at += 1) error[at] = (error[at] as number) - spread;
    error[target] = (error[target] as number) - (1 - options.smoothing);
  };

  const correct = (count: number, rate: number): void => {
    blame.fill(0);
    const scale = 1 / (1 - options.unitDropout);
    for (let unit = 0; unit < hidden; unit += 1) {
      const active = activity[unit] as number;
      if (active !== 0) blame[unit] = scale * stepBack(weights, unit * classes, error, rate * active);
    }
    addScaled(bias, error, 0, -rate);
    addScaled(hiddenBias, blame, 0, -rate);
    for (let at = 0; at < count; at += 1) {
      addTo(hiddenWeights, (seen[at] as number) * hidden, blame, -rate * (values[at] as number));
    }
  };

  const learn = (row: number, rate: number): void => {
    const count = drawFeatures(row);
    activate(count);
    judge(targets[row] as number);
    correct(count, rate);
  };
  return { member: { kind: 'network', hiddenBias, hiddenWeights, bias, weights }, learn };
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
