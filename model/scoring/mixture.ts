import type { SparseVector } from '../features/vectorizer.ts';
import { softmax } from '../softmax.ts';
import type { Score } from './members.ts';
import type { Calibration } from './model.ts';

// Keeps the logarithm of a probability of zero finite.
const smallestProbability = 1e-12;

/** Averages the members' probabilities and calibrates the average. Scores and probabilities hold one value per class. */
export function mixMembers(
  perMember: readonly Float64Array[],
  calibration: Calibration,
  probabilities: Float64Array,
): void {
  perMember.forEach((scores, member) => {
    softmax(scores, calibration.members[member] as number);
  });
  if (calibration.weights) weigh(perMember, calibration.weights, probabilities);
  else average(perMember, probabilities);
  if (calibration.mixture !== 1) sharpen(probabilities, calibration.mixture);
}

function average([first, ...others]: readonly Float64Array[], averages: Float64Array): void {
  averages.set(first as Float64Array);
  if (others.length === 0) return;
  for (const member of others) add(member, averages);
  for (let at = 0; at < averages.length; at += 1) averages[at] = (averages[at] as number) / (others.length + 1);
}

function weigh(perMember: readonly Float64Array[], weights: readonly number[], sums: Float64Array): void {
  sums.fill(0);
  perMember.forEach((member, index) => {
    const weight = weights[index] as number;
    for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] as number) + weight * (member[at] as number);
  });
}

function add(values: Float64Array, sums: Float64Array): void {
  for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] as number) + (values[at] as number);
}

/** Raises probabilities to a power, in place, and scales them to a sum of 1. */
export function sharpen(probabilities: Float64Array, power: number): void {
  for (let at = 0; at < probabilities.length; at += 1) {
    probabilities[at] = Math.log(Math.max(probabilities[at] as number, smallestProbability));
  }
  softmax(probabilities, power);
}

/** Creates the function from a vector to calibrated probabilities. It returns the same array each time. */
export function createMixture(
  scorers: readonly Score[],
  classes: number,
  calibration: Calibration,
): (vector: SparseVector) => Float64Array {
  const perMember = scorers.map(() => new Float64Array(classes));
  const probabilities = new Float64Array(classes);
  return (vector) => {
    scorers.forEach((score, member) => {
      score(vector, perMember[member] as Float64Array);
    });
    mixMembers(perMember, calibration, probabilities);
    return probabilities;
  };
}
