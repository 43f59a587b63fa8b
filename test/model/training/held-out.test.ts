import test from 'ava';
import type { TrainingSet } from '../../../model/algorithms/algorithm.ts';
import { bayes } from '../../../model/algorithms/bayes.ts';
import { scoreFolds } from '../../../model/training/held-out.ts';
import type { TrainingProblem } from '../../../model/training/problem.ts';
import { dense, quietly } from '../problem.ts';

// One feature, whose value identifies the row; the first texts are of the only intent, the others out of scope.
function problemOf(texts: number, outOfScope: number): TrainingProblem {
  const rows = texts + outOfScope;
  const matrix = dense(Array.from({ length: rows }, (_, row) => [row]));
  const targets = Int32Array.from({ length: rows }, (_, row) => (row < texts ? 0 : 1));
  return { labels: ['only'], set: { matrix, targets, classes: 2 } } as unknown as TrainingProblem;
}

for (const [texts, outOfScope, folds] of [
  [10, 0, 5],
  [5000, 0, 2],
  [20_000, 0, 1],
  [20_000, 200, 3],
] as const) {
  test(`${texts} texts and ${outOfScope} out of scope: ${folds} folds, none scored by a model that was trained on it`, async (t) => {
    const trained: Set<number>[] = [];
    const fit = async ({ matrix }: TrainingSet) => {
      trained.push(new Set(matrix.values));
      return [{ kind: 'linear' as const, bias: new Float32Array(2), weights: Float32Array.of(1, 1) }];
    };
    const heldOut = await scoreFolds(problemOf(texts, outOfScope), { ...bayes, fit }, quietly);
    t.is(trained.length, folds);
    const scored = heldOut.map(({ perMember }) => perMember[0]?.[0] as number);
    t.is(new Set(scored).size, ((texts + outOfScope) * folds) / 5);
    const size = scored.length / folds;
    t.true(scored.every((row, at) => !trained[Math.floor(at / size)]?.has(row)));
    t.true(heldOut.every(({ target }, at) => target === Number((scored[at] as number) >= texts)));
  });
}
