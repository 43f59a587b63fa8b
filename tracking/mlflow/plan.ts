import { batchLimits, chunksOf, keyFor, textFor } from '../../mlflow/limits.ts';
import type { Metric, Tag } from '../../mlflow/runs.ts';
import { artifactTag } from '../../mlflow/tags.ts';
import type { RunEvent, RunOutcome, RunStart } from '../run-event.ts';

type Action =
  | { send: 'start'; start: RunStart }
  | { send: 'metrics'; metrics: Metric[] }
  | { send: 'file'; path: string }
  | { send: 'tags'; tags: Tag[] }
  | { send: 'end'; outcome: RunOutcome; at: number; tags: Tag[] };

/** Something to send, and how many lines of the run's file are sent after it. */
export type Step = Action & { lines: number };

type Figures = Extract<RunEvent, { event: 'metrics' }> & {
  /** The number of its line. */
  line: number;
};

/** Returns what is to be sent of the events of a run, of which the first `lines` are sent already. */
export function plan(events: readonly RunEvent[], lines: number): Step[] {
  const steps: Step[] = [];
  let figures: Figures[] = [];
  for (const [at, event] of events.entries()) {
    const line = at + 1;
    if (line <= lines) continue;
    if (event.event === 'metrics') {
      figures.push({ ...event, line });
      continue;
    }
    steps.push(...metricsSteps(figures), { ...actionOf(event), lines: line });
    figures = [];
  }
  return [...steps, ...metricsSteps(figures)];
}

// A line of which a part is in the next batch is not sent with this one.
function metricsSteps(figures: readonly Figures[]): Step[] {
  const all = figures.flatMap(({ at, step, metrics, line }) =>
    Object.entries(metrics).map(([key, value]) => ({
      metric: { key: keyFor(key), value, timestamp: Date.parse(at), step },
      line,
    })),
  );
  const batches = chunksOf(all, batchLimits.metrics);
  const last = figures.at(-1);
  // Figures without any are sent, too, with those before them or with nothing.
  const steps = batches.map((batch, at): Step => {
    const next = batches[at + 1]?.[0];
    const lines = next ? next.line - 1 : (last?.line ?? 0);
    return { send: 'metrics', metrics: batch.map(({ metric }) => metric), lines };
  });
  return steps.length > 0 || !last ? steps : [{ send: 'metrics', metrics: [], lines: last.line }];
}

function actionOf(event: Exclude<RunEvent, { event: 'metrics' }>): Action {
  switch (event.event) {
    case 'started':
      return { send: 'start', start: event };
    case 'file':
      return { send: 'file', path: event.path };
    case 'trained':
      return { send: 'tags', tags: [{ key: artifactTag, value: event.artifact }] };
    case 'registered':
      return {
        send: 'tags',
        tags: [
          { key: 'intent-fleet.model', value: event.model },
          { key: 'intent-fleet.model-version', value: String(event.version) },
        ],
      };
    case 'ended': {
      const { outcome, at, reason } = event;
      const tags = reason === undefined ? [] : [{ key: 'mlflow.note.content', value: textFor('tag', reason) }];
      return { send: 'end', outcome, at: Date.parse(at), tags };
    }
  }
}
