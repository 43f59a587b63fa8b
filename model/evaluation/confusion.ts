import { unknownIntent } from '../prediction.ts';
import type { EvaluatedText } from './metrics.ts';

/** `counts[row][column]` texts of the intent `row` are answered with `column`. The last row and column are out of scope. */
export interface ConfusionMatrix {
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** Texts of one intent that are answered with another one. */
export interface ConfusedPair {
  readonly expected: string;
  readonly got: string;
  readonly count: number;
  /** Of the texts of the intent. */
  readonly share: number;
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

/** Returns the `most` pairs of an intent and a wrong answer that are confused most often. */
export function mostConfusedPairs({ labels, counts }: ConfusionMatrix, most: number): ConfusedPair[] {
  const pairs = counts.flatMap((row, at) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, other) => {
      if (other === at || count === 0) return [];
      return [{ expected: labels[at] as string, got: labels[other] as string, count, share: count / total }];
    });
  });
  return pairs.sort((one, other) => other.count - one.count || other.share - one.share).slice(0, most);
}

/** Returns the matrix with intents that are confused beside each other; out of scope stays last. */
export function withNeighbours({ labels, counts }: ConfusionMatrix): ConfusionMatrix {
  const last = labels.length - 1;
  const confused = (one: number, other: number) => (counts[one]?.[other] ?? 0) + (counts[other]?.[one] ?? 0);
  const mistakes = labels.map((_, at) =>
    labels.reduce((sum, __, other) => sum + (other === at ? 0 : confused(at, other)), 0),
  );
  const left = new Set(Array.from({ length: last }, (_, at) => at));
  const order: number[] = [];
  while (left.size > 0) {
    const before = order.at(-1);
    const closeness = (at: number) => (before === undefined ? 0 : confused(before, at));
    const [next = 0] = [...left].sort(
      (one, other) => closeness(other) - closeness(one) || (mistakes[other] ?? 0) - (mistakes[one] ?? 0),
    );
    left.delete(next);
    order.push(next);
  }
  const kept = [...order, last];
  return {
    labels: kept.map((at) => labels[at] as string),
    counts: kept.map((row) => kept.map((column) => counts[row]?.[column] ?? 0)),
  };
}
