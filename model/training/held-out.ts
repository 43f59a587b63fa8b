import type { ReportShare } from '../../common/in-turns.ts';
import type { Algorithm, FitOptions, Member, TrainingSet } from '../algorithms/algorithm.ts';
import { matrixOf, rowOf, selectRows } from '../algorithms/matrix.ts';
import type { Dataset } from '../datasets/example.ts';
import { dealByLabel } from '../datasets/split.ts';
import type { SparseVector } from '../features/vectorizer.ts';
import { memberScorer, storeMember } from '../scoring/members.ts';
import { isKnown } from '../scoring/predictor.ts';
import { classesOf, type TrainingProblem, vectorsOf } from './problem.ts';

/** The scores of a text that the members were not trained on. */
export interface HeldOut {
  /** One array of class scores per member. */
  readonly perMember: readonly Float64Array[];
  /** The true class; of an out-of-scope text, the number of labels. */
  readonly target: number;
  /** Whether the model knows a feature or a token of the text; the answer to one without is unknown. */
  readonly known: boolean;
}

const foldCount = 5;

/** This many held-out texts determine a temperature and a threshold, so that a large set is not trained five times more. */
export const enoughTexts = 2000;
export const enoughOutOfScope = 100;

/**
 * Cross-validation: trains on four fifths and scores the last, for each fifth in turn, until enough texts are scored.
 * Out-of-scope texts are few, so enough of them are required separately.
 */
export async function scoreFolds(
  problem: TrainingProblem,
  algorithm: Algorithm,
  options: FitOptions,
): Promise<HeldOut[]> {
  const count = foldsNeeded(targetsOf(problem), problem.labels.length);
  return (await scoreFirst(count, problem, algorithm, options)).flatMap(({ heldOut }) => heldOut);
}

/** Cross-validation of all texts, in their order. */
export async function scoreAll(
  problem: TrainingProblem,
  algorithm: Algorithm,
  options: FitOptions,
): Promise<HeldOut[]> {
  const inOrder: HeldOut[] = [];
  for (const { rows, heldOut } of await scoreFirst(foldCount, problem, algorithm, options))
    for (const [at, row] of rows.entries()) inOrder[row] = heldOut[at] as HeldOut;
  return inOrder;
}

interface ScoredFold {
  rows: readonly number[];
  heldOut: HeldOut[];
}

function targetsOf({ set, examples }: TrainingProblem): Int32Array {
  return set.targets.subarray(0, examples);
}

async function scoreFirst(
  count: number,
  problem: TrainingProblem,
  algorithm: Algorithm,
  { seed, onProgress }: FitOptions,
): Promise<ScoredFold[]> {
  const { set } = problem;
  // What follows the examples has no fold: it is learned from each time, and never scored.
  const folds = dealByLabel(Array.from(targetsOf(problem), String), foldCount, seed);
  const scored: ScoredFold[] = [];
  for (let fold = 0; fold < count; fold += 1) {
    const learned = subset(set, (row) => folds[row] !== fold);
    const rows = [...folds.keys()].filter((row) => folds[row] === fold);
    const report = (share: number): Promise<void> => onProgress((fold + share) / count);
    const members = await algorithm.fit(learned, { seed, onProgress: report });
    scored.push({
      rows,
      heldOut: scoreRows(
        subset(set, (row) => folds[row] === fold),
        members,
      ),
    });
  }
  return scored;
}

function foldsNeeded(targets: Int32Array, labels: number): number {
  const outOfScope = targets.filter((target) => target >= labels).length;
  const forTexts = Math.ceil((enoughTexts * foldCount) / targets.length);
  const forOutOfScope = outOfScope === 0 ? 1 : Math.ceil((enoughOutOfScope * foldCount) / outOfScope);
  return Math.min(foldCount, Math.max(forTexts, forOutOfScope));
}

function subset(set: TrainingSet, chosen: (row: number) => boolean): TrainingSet {
  const rows = Int32Array.from(set.targets.keys()).filter(chosen);
  const targets = rows.map((row) => set.targets[row] as number);
  return { ...set, matrix: selectRows(set.matrix, rows), ...selectVectors(set, rows), targets };
}

function selectVectors({ vectors, targets }: TrainingSet, rows: Int32Array): Pick<TrainingSet, 'vectors'> {
  if (!vectors) return {};
  const columns = vectors.length / targets.length;
  const selected = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    selected.set(vectors.subarray(row * columns, (row + 1) * columns), at * columns);
  });
  return { vectors: selected };
}

/** Scores validation texts. */
export async function scoreTexts(
  validation: Dataset,
  members: readonly Member[],
  problem: TrainingProblem,
  report: ReportShare,
): Promise<HeldOut[]> {
  const texts = validation.examples.map(({ text }) => text);
  const matrix = await matrixOf(problem.vectorizer, texts, report);
  const vectors = problem.semantics && { vectors: await vectorsOf(problem.semantics.textVectors, texts, report) };
  return scoreRows({ ...problem.set, matrix, ...vectors, targets: classesOf(validation, problem.labels) }, members);
}

function scoreRows({ matrix, vectors, targets, classes }: TrainingSet, members: readonly Member[]): HeldOut[] {
  const columns = (vectors?.length ?? 0) / targets.length;
  const scorers = members.map((member) => memberScorer(storeMember(member, 'float32')));
  return Array.from(targets, (target, row) => {
    const { indices, values } = rowOf(matrix, row);
    const vector: SparseVector = { indices, values, length: indices.length };
    if (vectors) vector.dense = Float64Array.from(vectors.subarray(row * columns, (row + 1) * columns));
    const perMember = scorers.map((score) => {
      const scores = new Float64Array(classes);
      score(vector, scores);
      return scores;
    });
    return { target, perMember, known: isKnown(vector) };
  });
}
