import { formatPercent } from '../../common/percent.ts';
import { readableMinute } from '../../common/readable-minute.ts';
import { terminalTable } from '../../common/tables.ts';
import type { StoredRun } from '../../tracking/tracker.ts';

/** What a list tells of a run. */
export interface RunSummary {
  id: string;
  name: string;
  began: string;
  /** `unfinished`: it is under way, or its program was killed. */
  outcome: string;
  accuracy: number | null;
  /** The digest of the artifact that it made. */
  artifact: string | null;
  /** The number of runs that are parts of it. */
  parts: number;
}

/** Sums up the runs that are no parts of others, the oldest first. */
export function runSummaries(runs: readonly StoredRun[]): RunSummary[] {
  return runs
    .filter(({ events: [start] }) => start.parent === null)
    .map(({ events }) => {
      const [start] = events;
      const accuracies = events.flatMap((event) => (event.event === 'metrics' ? (event.metrics.accuracy ?? []) : []));
      return {
        ...{ id: start.id, name: start.name, began: start.at },
        outcome: events.find((event) => event.event === 'ended')?.outcome ?? 'unfinished',
        accuracy: accuracies.at(-1) ?? null,
        artifact: events.find((event) => event.event === 'trained')?.artifact ?? null,
        parts: runs.filter((other) => other.events[0].parent === start.id).length,
      };
    });
}

/** Lists runs. */
export function runsText(summaries: readonly RunSummary[]): string {
  return terminalTable(
    ['Run', 'What', 'Began', 'End', 'Accuracy', 'Artifact', 'Parts'],
    summaries.map(({ id, name, began, outcome, accuracy, artifact, parts }) => [
      ...[id, name, readableMinute(began), outcome],
      ...[accuracy === null ? '–' : formatPercent(accuracy), artifact ?? '–', parts === 0 ? '–' : String(parts)],
    ]),
  );
}
