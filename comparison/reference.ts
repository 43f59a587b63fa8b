import type { Tables } from '../common/generated-tables.ts';
import { markdownTable } from '../common/tables.ts';
import { plannedFeedbacks } from './needed.ts';

/** The generated tables in the documentation of comparisons, by page and name. */
export const comparisonTables: Record<string, Tables> = { 'docs/comparison.md': { 'needed-feedbacks': neededTable } };

const accuracies = [80, 90, 95];
const differences = [1, 2, 3, 5];

/** Returns the feedbacks that a comparison needs as a Markdown table. */
export function neededTable(): string {
  const rows = [50, 10].flatMap((share) => differences.map((points) => rowOf(points, share)));
  const head = ['smallest difference', "candidate's share", ...accuracies.map((accuracy) => `at ${accuracy} %`)];
  return markdownTable(head, rows);
}

function rowOf(points: number, share: number): string[] {
  const cells = accuracies.map((accuracy) => {
    const { a, b } = plannedFeedbacks(accuracy / 100, points, { a: 100 - share, b: share });
    return `${a.toLocaleString('en')} + ${b.toLocaleString('en')}`;
  });
  return [`${points} ${points === 1 ? 'point' : 'points'}`, `${share} %`, ...cells];
}
