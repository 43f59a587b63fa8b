import { z } from 'zod';
import { parseChecked } from '../common/validation.ts';
import type { RunEvent } from '../tracking/run-event.ts';
import type { StoredRun } from '../tracking/tracker.ts';
import type { PartResult } from './cross-validate.ts';
import type { TriedEnd } from './tried.ts';

const count = z.int().min(0);
const seconds = z.number().min(0);

const partResult = z.object({
  fold: count,
  share: z.number().min(0).max(1),
  learned: count,
  texts: count,
  right: count,
  trainSeconds: seconds,
  microseconds: seconds,
});

/** What the run of a measurement has kept. */
export interface MeasuredRun {
  readonly id: string;
  readonly results: readonly PartResult[];
  /** The seconds that it took, as far as they are known. */
  readonly seconds: number;
  /** Undefined where the program was killed. */
  readonly end: TriedEnd | undefined;
}

/** The figures of a part as those of a run. */
export function figuresOf(result: PartResult): { [name: string]: number } {
  return { ...result, accuracy: result.texts === 0 ? 0 : result.right / result.texts };
}

/** Returns the records of the measurements of an experiment by their keys. */
export function recordsOf(runs: readonly StoredRun[], experiment: string): Map<string, MeasuredRun> {
  return new Map(
    runs
      .filter(({ events: [start] }) => start.parent === experiment)
      .map((run) => [String(run.events[0].parameters.measurement), recordOf(run)]),
  );
}

function recordOf({ folder, events: [start, ...others] }: StoredRun): MeasuredRun {
  const figures = others.flatMap((event) => (event.event === 'metrics' ? [event.metrics] : []));
  const results = figures
    .filter((one) => 'fold' in one)
    .map((one) => parseChecked(partResult, one, `${folder}: not a result of an experiment:`));
  const measured = results.reduce((sum, one) => sum + one.trainSeconds + one.microseconds * one.texts * 1e-6, 0);
  const ended = others.find((event) => event.event === 'ended');
  return { id: start.id, results, seconds: figures.at(-1)?.seconds ?? measured, end: ended && endOf(ended) };
}

function endOf({ outcome, reason = '' }: Extract<RunEvent, { event: 'ended' }>): TriedEnd {
  if (outcome === 'finished') return { outcome };
  return { outcome: outcome === 'killed' ? 'stopped' : 'refused', reason };
}
