import { createRandom, shuffle } from '../random.ts';
import type { Algorithm, FitOptions, NetworkMember, TrainingSet } from './algorithm.ts';
import { linearSvm } from './linear-svm.ts';
import { learnRow, type NetworkState } from './network-step.ts';

const hidden = 100;
const epochs = 30;
/** The learning rate at the start; it falls to zero linearly over the epochs. */
const initialRate = 0.05;
/** The standard deviation of the initial hidden weights. */
const spread = 0.05;

/**
 * Trains one hidden layer of rectified units before a softmax, by stochastic gradient descent with one text a step. A step
 * touches only the weights of the text's own features, so its cost depends on the text and not on the vocabulary.
 */
export async function fitNetwork(set: TrainingSet, { seed, onProgress }: FitOptions): Promise<NetworkMember> {
  const random = createRandom(seed);
  const network = createNetwork(set, random);
  const order = Int32Array.from({ length: set.matrix.rows }, (_, row) => row);
  const total = epochs * order.length;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    order.forEach((row, at) => {
      learnRow(network, set, row, initialRate * (1 - (epoch * order.length + at) / total));
    });
    await onProgress((epoch + 1) / epochs);
  }
  return network.member;
}

/** Creates a network with random weights. */
export function createNetwork({ matrix, classes }: TrainingSet, random: () => number): NetworkState {
  return {
    member: {
      kind: 'network',
      hiddenBias: new Float32Array(hidden),
      hiddenWeights: normals(matrix.columns * hidden, spread, random),
      bias: new Float32Array(classes),
      weights: normals(hidden * classes, Math.sqrt(2 / hidden), random),
    },
    random,
    features: new Int32Array(matrix.columns),
    values: new Float64Array(matrix.columns),
    activity: new Float64Array(hidden),
    gradient: new Float64Array(hidden),
    error: new Float64Array(classes),
  };
}

// The Box-Muller transform.
function normals(length: number, spread: number, random: () => number): Float32Array {
  return Float32Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return spread * radius * Math.cos(2 * Math.PI * random());
  });
}

/** One small network on the features of the default algorithm: slower, and with many texts a little more accurate. */
export const neuralNetwork: Algorithm = {
  features: linearSvm.features,
  precision: 'int8',
  fit: async (set, options) => [await fitNetwork(set, options)],
};
