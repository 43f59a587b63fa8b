import type { Algorithm, FitOptions, Member, TrainingSet } from '../algorithms/algorithm.ts';
import { type Matrix, selectRows } from '../algorithms/matrix.ts';
import type { Dataset } from '../datasets/example.ts';
import { dealByLabel } from '../datasets/split.ts';
import type { SparseVector, Vectorizer } from '../features/vectorizer.ts';
import { memberScorer, storeMember } from './members.ts';

/** What the members, trained without it, said about one text: one array of class scores per member. */
export interface HeldOut {
  readonly perMember: readonly Float64Array[];
  /** The true class; at the number of labels or above it, out of scope. */
  readonly target: number;
}

const FOLDS = 5;

/** Trains on four fifths and scores the last, for each fifth in turn. */
export async function scoreFolds(
  set: TrainingSet,
  algorithm: Algorithm,
  { seed, onProgress }: FitOptions,
): Promise<HeldOut[]> {
  const folds = dealByLabel(Array.from(set.targets, String), FOLDS, seed);
  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const rest = rowsWhere(folds, (other) => other !== fold);
    const members = await algorithm.fit(subset(set, rest), {
      seed,
      onProgress: (share) => onProgress((fold + share) / FOLDS),
    });
    heldOut.push(
      ...scoreRows(
        subset(
          set,
          rowsWhere(folds, (other) => other === fold),
        ),
        members,
      ),
    );
  }
  return heldOut;
}

const rowsWhere = (folds: Int32Array, chosen: (fold: number) => boolean): Int32Array =>
  Int32Array.from([...folds.keys()].filter((row) => chosen(folds[row] as number)));

const subset = ({ matrix, targets, classes }: TrainingSet, rows: Int32Array): TrainingSet => ({
  matrix: selectRows(matrix, rows),
  targets: Int32Array.from(rows, (row) => targets[row] as number),
  classes,
});

function scoreRows({ matrix, targets, classes }: TrainingSet, members: readonly Member[]): HeldOut[] {
  const score = scorerOf(members, classes);
  return Array.from(targets, (target, row) => ({ target, perMember: score(vectorAt(matrix, row)) }));
}

/** Scores texts that training did not see. A label that training did not see either is out of scope. */
export function scoreTexts(
  { examples }: Dataset,
  labels: readonly string[],
  members: readonly Member[],
  vectorizer: Vectorizer,
  classes: number,
): HeldOut[] {
  const score = scorerOf(members, classes);
  return examples.map(({ text, intent }) => {
    const target = labels.indexOf(intent);
    return { target: target < 0 ? labels.length : target, perMember: score(vectorizer.vectorize(text)) };
  });
}

function scorerOf(members: readonly Member[], classes: number): (vector: SparseVector) => Float64Array[] {
  const scorers = members.map((member) => memberScorer(storeMember(member, 'float32')));
  return (vector) =>
    scorers.map((score) => {
      const scores = new Float64Array(classes);
      score(vector, scores);
      return scores;
    });
}

function vectorAt({ starts, indices, values }: Matrix, row: number): SparseVector {
  const [start, end] = [starts[row] as number, starts[row + 1] as number];
  return { indices: indices.subarray(start, end), values: values.subarray(start, end), length: end - start };
}
