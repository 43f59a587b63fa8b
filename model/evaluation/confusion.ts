import { unknownIntent } from '../prediction.ts';
import type { EvaluatedText } from './metrics.ts';

/** `counts[row][column]` texts of the intent `row` are answered with `column`. The last row and column are out of scope. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Counts true intents against answers. */
export function confusionMatrix(texts: readonly EvaluatedText[], intents: readonly string[]): ConfusionMatrix {
  const labels = [...intents, unknownIntent];
  const at = new Map(labels.map((label, index) => [label, index]));
  const counts = labels.map(() => labels.map(() => 0));
  for (const { expected, guess, unknown } of texts) {
    const row = counts[at.get(expected ?? unknownIntent) as number] as number[];
    const column = at.get(unknown ? unknownIntent : guess) as number;
    row[column] = (row[column] as number) + 1;
  }
  return { labels, counts };
}

/** Returns the part of the matrix with the `most` intents that have the most mistakes. */
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

function cell(counts: ConfusionMatrix['counts'], row: number, column: number): number {
  return counts[row]?.[column] ?? 0;
}
