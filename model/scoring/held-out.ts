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

/** So many held-out texts settle a temperature and a threshold: a large set need not be trained five times more. */
const ENOUGH = 2000;
const ENOUGH_OUT_OF_SCOPE = 100;

/**
 * Trains on four fifths and scores the last, for each fifth in turn, until enough texts are scored; of what is out of scope
 * there is little, and each of it counts.
 */
export async function scoreFolds(
  set: TrainingSet,
  algorithm: Algorithm,
  labels: number,
  { seed, onProgress }: FitOptions,
): Promise<HeldOut[]> {
  const folds = dealByLabel(Array.from(set.targets, String), FOLDS, seed);
  const count = foldsNeeded(set.targets, labels);
  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < count; fold += 1) {
    const learned = subset(set, (row) => folds[row] !== fold);
    const scored = subset(set, (row) => folds[row] === fold);
    const report = (share: number): Promise<void> => onProgress((fold + share) / count);
    const members = await algorithm.fit(learned, { seed, onProgress: report });
    heldOut.push(...scoreRows(scored, members));
  }
  return heldOut;
}

function foldsNeeded(targets: Int32Array, labels: number): number {
  const outOfScope = targets.filter((target) => target >= labels).length;
  const forTexts = Math.ceil((ENOUGH * FOLDS) / targets.length);
  const forOutOfScope = outOfScope === 0 ? 1 : Math.ceil((ENOUGH_OUT_OF_SCOPE * FOLDS) / outOfScope);
  return Math.min(FOLDS, Math.max(forTexts, forOutOfScope));
}

function subset({ matrix, targets, classes }: TrainingSet, chosen: (row: number) => boolean): TrainingSet {
  const rows = Int32Array.from(targets.keys()).filter(chosen);
  return { matrix: selectRows(matrix, rows), targets: rows.map((row) => targets[row] as number), classes };
}

function scoreRows({ matrix, targets, classes }: TrainingSet, members: readonly Member[]): HeldOut[] {
  const score = scorerOf(members, classes);
  return Array.from(targets, (target, row) => ({ target, perMember: score(vectorAt(matrix, row)) }));
}

/** Scores texts that training did not see. */
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
