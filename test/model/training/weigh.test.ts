import test from 'ava';
import { createRandom } from '../../../model/random.ts';
import { chooseMixture } from '../../../model/training/choose-mixture.ts';
import type { HeldOut } from '../../../model/training/held-out.ts';
import { calibrateWeighed } from '../../../model/training/weigh.ts';

// Scores that agree with the true class in the given shares of the texts.
function scored(shares: readonly number[]): HeldOut[] {
  const random = createRandom(4);
  return Array.from({ length: 400 }, () => {
    const target = random() < 0.5 ? 0 : 1;
    const perMember = shares.map((share) => {
      const said = random() < share ? target : 1 - target;
      return Float64Array.of(said === 0 ? 1 : 0, said === 1 ? 1 : 0);
    });
    return { target, perMember, known: true };
  });
}

test('the better member has the larger weight, and a useless one the least that is tried', (t) => {
  const [first = 0, second = 0] = calibrateWeighed(scored([0.7, 0.9])).calibration.weights ?? [];
  t.true(second > first);
  t.deepEqual(calibrateWeighed(scored([0.9, 0.5])).calibration.weights, [0.8, 0.2]);
});

const weights = { bias: new Float32Array(2), weights: new Float32Array(2) };
const members = [{ kind: 'linear', ...weights } as const, ...Array(2).fill({ kind: 'vector', ...weights })];

test('of the members on token vectors the best is kept', (t) => {
  const heldOut = scored([0.7, 0.6, 0.9]);
  const chosen = chooseMixture(members, heldOut, 2);
  t.deepEqual(chosen.members, [members[0], members[2]]);
  t.deepEqual(
    chosen.heldOut.map(({ perMember }) => perMember),
    heldOut.map(({ perMember }) => [perMember[0], perMember[2]] as Float64Array[]),
  );
});

test('members of other profiles are all kept, with equal weights', (t) => {
  const heldOut = scored([0.7, 0.9]);
  const chosen = chooseMixture(members.slice(0, 1), heldOut, 2);
  t.is(chosen.members.length, 1);
  t.is(chosen.calibration.weights, undefined);
});
