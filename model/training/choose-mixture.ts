import type { Member } from '../algorithms/algorithm.ts';
import type { Calibration } from '../scoring/model.ts';
import { calibrate } from './calibrate.ts';
import type { HeldOut } from './held-out.ts';
import { calibrateWeighed } from './weigh.ts';

/** Members, what they say of held-out texts, and how they are calibrated. */
export interface CalibratedMembers {
  readonly members: readonly Member[];
  readonly heldOut: readonly HeldOut[];
  readonly calibration: Calibration;
}

/**
 * Calibrates the members. Those on token vectors are alternatives: one of them is kept beside the first member, and weighed
 * against it, so that the log loss of the held-out texts is least.
 */
export function chooseMixture(
  members: readonly Member[],
  heldOut: readonly HeldOut[],
  classes: number,
  usualTemperature?: number,
): CalibratedMembers {
  const known = heldOut.filter(({ target }) => target < classes);
  const alternatives = [...members.keys()].filter((at) => members[at]?.kind === 'vector');
  if (alternatives.length === 0) return { members, heldOut, calibration: calibrate(known, usualTemperature) };
  const tried = alternatives.map((at) => ({ at, ...calibrateWeighed(known.map((example) => pair(example, at))) }));
  const { at, calibration } = tried.reduce((best, other) => (other.loss < best.loss ? other : best));
  return {
    members: [members[0] as Member, members[at] as Member],
    heldOut: heldOut.map((example) => pair(example, at)),
    calibration,
  };
}

function pair(example: HeldOut, at: number): HeldOut {
  return { ...example, perMember: [example.perMember[0] as Float64Array, example.perMember[at] as Float64Array] };
}
