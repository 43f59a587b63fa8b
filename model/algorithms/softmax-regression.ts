import { createRandom, shuffle } from '../random.ts';
import { softmax } from '../softmax.ts';
import type { FitOptions, VectorMember } from './algorithm.ts';
import { createDense, padded } from './dense.ts';

const initialRate = 0.02;
const batchSize = 32;
const floatBytes = Float32Array.BYTES_PER_ELEMENT;
const leastEpochs = 10;
const mostEpochs = 25;
// Few texts are learned from more often than many.
const wantedTexts = 60_000;
// Texts' vectors have the length 1, which is multiplied by this, so that the first steps of the weights have a good size.
const scale = 10;
// The decays of Adam's moments, which `dense.wat` has too.
const firstDecay = 0.9;
const secondDecay = 0.99;

/** Texts as dense vectors, and their classes. */
interface DenseTexts {
  /** Texts x columns, row by row; a text without a known token has zeros. */
  readonly vectors: Float32Array;
  readonly targets: Int32Array;
  readonly classes: number;
}

/**
 * Trains a softmax of a linear function of the texts' vectors. `cost` is the weight of the texts' loss against half the squared
 * weights, as in the SVM. By Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015) with small batches, from
 * weights of zero.
 */
export async function fitSoftmax(
  { vectors, targets, classes }: DenseTexts,
  cost: number,
  { seed, onProgress }: FitOptions,
): Promise<VectorMember> {
  const state = createState(vectors.length / targets.length, classes);
  const penalty = scale ** 2 / (cost * targets.length);
  const order = Int32Array.from(targets.keys());
  const epochs = Math.min(mostEpochs, Math.max(leastEpochs, Math.round(wantedTexts / order.length)));
  const batches = Math.ceil(order.length / batchSize);
  const random = createRandom(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (let batch = 0; batch < batches; batch += 1) {
      const rows = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      learnBatch(state, vectors, targets, rows);
      const made = epoch * batches + batch;
      makeStep(state, made + 1, initialRate * (1 - made / (epochs * batches)), penalty);
    }
    await onProgress((epoch + 1) / epochs);
  }
  return memberOf(state);
}

type State = ReturnType<typeof createState>;

function createState(columns: number, classes: number) {
  const width = padded(classes);
  const { loops, arrays } = createDense({
    inputs: batchSize * columns,
    errors: batchSize * width,
    bias: width,
    biasGradients: width,
    biasFirsts: width,
    biasSeconds: width,
    weights: columns * width,
    weightsGradients: columns * width,
    weightsFirsts: columns * width,
    weightsSeconds: columns * width,
  });
  return { loops, arrays, columns, classes, width, probabilities: new Float64Array(classes) };
}

// Adds the gradient of the mean loss of the rows.
function learnBatch(state: State, vectors: Float32Array, targets: Int32Array, rows: Int32Array): void {
  const { loops, arrays, columns, width } = state;
  const { inputs, errors, bias, weights, weightsGradients } = arrays;
  const rowBytes = columns * floatBytes;
  rows.forEach((row, at) => {
    for (let column = 0; column < columns; column += 1) {
      inputs.values[at * columns + column] = scale * (vectors[row * columns + column] as number);
    }
    const place = errors.place + at * width * floatBytes;
    errors.values.set(bias.values, at * width);
    loops.accumulate(place, inputs.place + at * rowBytes, floatBytes, weights.place, columns, width);
    toErrors(state, at * width, targets[row] as number, 1 / rows.length);
  });
  loops.backward(weightsGradients.place, inputs.place, columns, errors.place, rows.length, width);
}

// Turns the scores of one text into the gradient of its loss with respect to them, times `share`.
function toErrors({ arrays, width, probabilities }: State, start: number, target: number, share: number): void {
  const { errors, biasGradients } = arrays;
  for (let at = 0; at < probabilities.length; at += 1) probabilities[at] = errors.values[start + at] as number;
  softmax(probabilities, 1);
  probabilities[target] = (probabilities[target] as number) - 1;
  errors.values.fill(0, start, start + width);
  for (let at = 0; at < probabilities.length; at += 1) {
    const error = share * (probabilities[at] as number);
    errors.values[start + at] = error;
    biasGradients.values[at] = (biasGradients.values[at] as number) + error;
  }
}

// Step number `count` of Adam, whose moments begin at zero; the corrected rate undoes their bias.
function makeStep({ loops, arrays, columns, width }: State, count: number, rate: number, penalty: number): void {
  const corrected = (rate * Math.sqrt(1 - secondDecay ** count)) / (1 - firstDecay ** count);
  const places = (name: 'weights' | 'bias'): [number, number, number, number] => [
    arrays[name].place,
    arrays[`${name}Gradients`].place,
    arrays[`${name}Firsts`].place,
    arrays[`${name}Seconds`].place,
  ];
  loops.step(...places('weights'), columns * width, corrected, penalty);
  loops.step(...places('bias'), width, corrected, 0);
}

function memberOf({ arrays, columns, classes, width }: State): VectorMember {
  const weights = new Float32Array(columns * classes);
  for (let column = 0; column < columns; column += 1) {
    const row = arrays.weights.values.subarray(column * width, column * width + classes);
    weights.set(
      row.map((weight) => scale * weight),
      column * classes,
    );
  }
  return { kind: 'vector', bias: arrays.bias.values.slice(0, classes), weights };
}
