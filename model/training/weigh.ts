import type { Calibration } from '../scoring/model.ts';
import { softmax } from '../softmax.ts';
import { logLoss, sharpness, temperatures } from './calibrate.ts';
import type { HeldOut } from './held-out.ts';

/** A calibration of two members of unequal weight, and the mean log loss of the held-out texts that it leads to. */
export interface WeighedCalibration {
  readonly calibration: Calibration;
  readonly loss: number;
}

// The shares of the second member that are tried.
const shares = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/** Calibrates two members, and finds the weights in their average that minimize the log loss of the held-out texts. */
export function calibrateWeighed(heldOut: readonly HeldOut[]): WeighedCalibration {
  const members = temperatures(heldOut);
  const first = probabilitiesAt(heldOut, 0, members[0] as number);
  const second = probabilitiesAt(heldOut, 1, members[1] as number);
  const tried = shares.map((share) => {
    const averages = first.map((probabilities, at) => between(probabilities, second[at] as Float64Array, share));
    const calibration = { members, mixture: 1, weights: [1 - share, share] };
    return { calibration, loss: logLoss(heldOut, averages, asIs, 1) };
  });
  const best = tried.reduce((least, other) => (other.loss < least.loss ? other : least));
  return { ...best, calibration: { ...best.calibration, mixture: sharpness(heldOut, best.calibration) } };
}

function probabilitiesAt(heldOut: readonly HeldOut[], member: number, temperature: number): Float64Array[] {
  return heldOut.map(({ perMember }) => {
    const probabilities = Float64Array.from(perMember[member] as Float64Array);
    softmax(probabilities, temperature);
    return probabilities;
  });
}

function between(left: Float64Array, right: Float64Array, share: number): Float64Array {
  return left.map((value, at) => (1 - share) * value + share * (right[at] as number));
}

function asIs(): void {}
