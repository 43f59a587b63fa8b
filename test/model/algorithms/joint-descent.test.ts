import test from 'ava';
import { separate, squaredNorms } from '../../../model/algorithms/dual-coordinate-descent.ts';
import { separateJointly } from '../../../model/algorithms/joint-descent.ts';
import { separateInThreads } from '../../../model/algorithms/joint-threads.ts';
import { createRandom } from '../../../model/random.ts';
import { dense } from '../problem.ts';

const classes = 40;
const columns = 12;

// Texts of a class are near its centre; the classes overlap.
function problemOf(rows: number) {
  const random = createRandom(7);
  const centres = Array.from({ length: classes }, () => Array.from({ length: columns }, () => random() - 0.5));
  const targets = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const texts = Array.from(targets, (target) => (centres[target] as number[]).map((value) => value + 0.3 * random()));
  const matrix = dense(texts);
  return { matrix, norms: squaredNorms(matrix), targets, cost: 1, passes: 300, seed: 1 };
}

test('the weights are those of the classes that are learned one by one, in single precision', (t) => {
  const { matrix, norms, targets, ...options } = problemOf(400);
  const [first, end] = [3, 9];
  const { bias, weights } = separateJointly({ matrix, norms, targets, first, end, ...options }, () => {});
  for (let target = first; target < end; target += 1) {
    const signs = Int8Array.from(targets, (other) => (other === target ? 1 : -1));
    const exact = separate(matrix, norms, signs, { ...options, tolerance: 1e-6, passes: 2000 });
    const at = target - first;
    const joint = [...exact.slice(0, columns).keys()].map((column) => weights[column * (end - first) + at] as number);
    const distances = [...joint, bias[at] as number].map((weight, column) =>
      Math.abs(weight - (exact[column] as number)),
    );
    t.true(Math.max(...distances) < 0.02, `class ${target}: ${Math.max(...distances)}`);
  }
});

test('threads learn the same as one alone, and the share that is done rises to the end', async (t) => {
  const problem = { ...problemOf(4000), passes: 2 };
  const shares: number[] = [];
  const report = async (share: number): Promise<void> => {
    shares.push(share);
  };
  const alone = separateJointly({ ...problem, first: 0, end: classes }, () => {});
  t.deepEqual(await separateInThreads(problem, classes, report), { kind: 'linear', ...alone });
  t.true(shares.length > 4);
  t.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
  t.true(shares.every((share) => share >= 0 && share < 1));
});

test('an error in a thread is that of the training', async (t) => {
  const problem = { ...problemOf(40), norms: undefined as unknown as Float64Array };
  await t.throwsAsync(
    separateInThreads(problem, classes, async () => {}),
    { any: true, message: /undefined/ },
  );
});
