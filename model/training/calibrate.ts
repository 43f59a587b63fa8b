import { likeliest } from '../scoring/decide.ts';
import { mixMembers, sharpen } from '../scoring/mixture.ts';
import type { Calibration } from '../scoring/model.ts';
import { softmax } from '../softmax.ts';
import type { HeldOut } from './held-out.ts';
import type { Answer } from './threshold.ts';

const lowestTemperature = 0.01;
const highestTemperature = 100;

const leastProbability = 1e-12;

// Temperatures of an algorithm differ from data to data by about this factor (the standard deviation of their logarithm).
const usualSpread = 0.25;

/**
 * Finds the temperatures that minimize the log loss of the held-out texts: each member's first, then the mixture's. As Platt
 * (1999) does, the true class counts for a little less than 1: of `n` texts that are all right, the next one is taken for wrong
 * with probability 1 / (n + 2). Otherwise a few easy texts would make every later answer certain. `usualTemperature` is that of
 * the algorithm on most data: a few dozen held-out texts move a member's temperature little from it, hundreds as if it were not
 * given.
 */
export function calibrate(heldOut: readonly HeldOut[], usualTemperature?: number): Calibration {
  const members = temperatures(heldOut, usualTemperature);
  if (members.length < 2) return { members, mixture: 1 };
  return { members, mixture: sharpness(heldOut, { members, mixture: 1 }) };
}

/** Returns the temperature of each member by itself. */
export function temperatures(heldOut: readonly HeldOut[], usualTemperature?: number): number[] {
  const count = heldOut[0]?.perMember.length ?? 0;
  const surprise = (temperature: number): number =>
    usualTemperature === undefined ? 0 : (Math.log(temperature / usualTemperature) / usualSpread) ** 2 / 2;
  return Array.from({ length: count }, (_, member) => {
    const scores = heldOut.map(({ perMember }) => perMember[member] as Float64Array);
    return minimize(
      (temperature) => logLoss(heldOut, scores, softmax, temperature) + surprise(temperature) / heldOut.length,
    );
  });
}

/** Returns the temperature of the average of the members' probabilities. */
export function sharpness(heldOut: readonly HeldOut[], calibration: Calibration): number {
  const averages = heldOut.map((example) => probabilitiesOf(example, calibration));
  return minimize((temperature) => logLoss(heldOut, averages, sharpen, temperature));
}

/** The mean cross entropy of the smoothed true classes. `apply` turns scores into probabilities, in place. */
export function logLoss(
  heldOut: readonly HeldOut[],
  scores: readonly Float64Array[],
  apply: (scores: Float64Array, temperature: number) => void,
  temperature: number,
): number {
  const wrong = 1 / (heldOut.length + 2);
  const total = heldOut.reduce((sum, { target }, index) => {
    const probabilities = Float64Array.from(scores[index] as Float64Array);
    apply(probabilities, temperature);
    const right = Math.log(Math.max(probabilities[target] as number, leastProbability));
    const others = sumOfLogarithms(probabilities) - right;
    return sum - (1 - wrong) * right - (wrong * others) / Math.max(1, probabilities.length - 1);
  }, 0);
  return total / heldOut.length;
}

// Takes the logarithm of products, of which there are fewer, before they are too small for a double.
function sumOfLogarithms(probabilities: Float64Array): number {
  let [sum, product] = [0, 1];
  for (const probability of probabilities) {
    product *= Math.max(probability, leastProbability);
    if (product > 1e-250) continue;
    sum += Math.log(product);
    product = 1;
  }
  return sum + Math.log(product);
}

// Golden-section search over the logarithm of the temperature; the log loss has one minimum.
function minimize(loss: (temperature: number) => number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(lowestTemperature);
  let high = Math.log(highestTemperature);
  for (let round = 0; round < 24; round += 1) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (loss(Math.exp(left)) <= loss(Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/** Returns the calibrated probabilities of a held-out text. */
export function probabilitiesOf({ perMember }: HeldOut, calibration: Calibration): Float64Array {
  const scores = perMember.map((member) => Float64Array.from(member));
  const probabilities = new Float64Array(scores[0]?.length ?? 0);
  mixMembers(scores, calibration, probabilities);
  return probabilities;
}

/** Returns the answers to the held-out texts; `labels` is the number of intents. */
export function answersOf(heldOut: readonly HeldOut[], calibration: Calibration, labels: number): Answer[] {
  return heldOut.map((example) => {
    const probabilities = probabilitiesOf(example, calibration);
    const best = likeliest(probabilities, labels, 1)[0] as number;
    const confidence = probabilities[best] as number;
    return {
      confidence,
      right: best === example.target,
      outOfScope: example.target >= labels,
      refused: (probabilities[labels] ?? 0) > confidence,
    };
  });
}
