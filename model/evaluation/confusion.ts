import { UNKNOWN } from '../classifier.ts';
import type { Outcome } from './metrics.ts';

/** How often each true intent got each answer: `counts[row][column]`. The last row and column are out of scope. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

const answerOf = ({ unknown, guess }: Outcome): string => (unknown ? UNKNOWN : guess);

/** Counts true intents against answers. */
export function confusionMatrix(outcomes: readonly Outcome[], intents: readonly string[]): ConfusionMatrix {
  const labels = [...intents, UNKNOWN];
  const at = new Map(labels.map((label, index) => [label, index]));
  const counts = labels.map(() => labels.map(() => 0));
  for (const outcome of outcomes) {
    const row = counts[at.get(outcome.expected ?? UNKNOWN) as number] as number[];
    const column = at.get(answerOf(outcome)) as number;
    row[column] = (row[column] as number) + 1;
  }
  return { labels, counts };
}

/** The part of the matrix with the most mistakes, where the whole is too large to look at. */
export function mostConfused({ labels, counts }: ConfusionMatrix, most: number): ConfusionMatrix {
  const wrong = (at: number): number =>
    labels.reduce((sum, _, other) => (other === at ? sum : sum + cell(counts, at, other) + cell(counts, other, at)), 0);
  const kept = labels
    .map((_, at) => ({ at, wrong: wrong(at) }))
    .sort((left, right) => right.wrong - left.wrong || left.at - right.at)
    .slice(0, most)
    .map(({ at }) => at)
    .sort((left, right) => left - right);
  return {
    labels: kept.map((at) => labels[at] as string),
    counts: kept.map((row) => kept.map((column) => cell(counts, row, column))),
  };
}

const cell = (counts: ConfusionMatrix['counts'], row: number, column: number): number => counts[row]?.[column] ?? 0;
