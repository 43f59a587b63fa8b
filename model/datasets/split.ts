import { sha256 } from '../../common/checksum.ts';
import { createRandom, shuffle } from '../random.ts';

/** Returns the part of each row: every label's rows are shuffled by the seed and dealt to `parts` parts in turn. */
export function dealByLabel(labels: readonly string[], parts: number, seed: number): Int32Array {
  const part = new Int32Array(labels.length);
  const random = createRandom(seed);
  let next = 0;
  for (const rows of rowsByLabel(labels).values()) {
    const shuffled = Int32Array.from(rows);
    shuffle(shuffled, random);
    // Continuing where the last label stopped keeps the parts even when labels are small.
    for (const row of shuffled) part[row] = next++ % parts;
  }
  return part;
}

function rowsByLabel(labels: readonly string[]): Map<string, number[]> {
  return Map.groupBy(labels.keys(), (row) => labels[row] as string);
}

/**
 * Splits off a share of every label for testing; every label keeps at least one example to learn from. A text's checksum
 * decides, so that texts stay on their side when others are added or removed.
 */
export function splitByLabel<T extends { text: string; intent: string }>(
  examples: readonly T[],
  share: number,
  seed: number,
): { train: T[]; test: T[] } {
  const place = examples.map(({ text }) => Number.parseInt(sha256(`${seed}\n${text}`).slice(0, 12), 16));
  const forTest = new Set<number>();
  for (const rows of rowsByLabel(examples.map(({ intent }) => intent)).values()) {
    const count = Math.min(Math.round(rows.length * share), rows.length - 1);
    rows.sort((left, right) => (place[left] as number) - (place[right] as number));
    for (const row of rows.slice(0, count)) forTest.add(row);
  }
  return {
    train: examples.filter((_, row) => !forTest.has(row)),
    test: examples.filter((_, row) => forTest.has(row)),
  };
}
