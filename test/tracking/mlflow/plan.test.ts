import test from 'ava';
import { plan } from '../../../tracking/mlflow/plan.ts';
import type { RunEvent, RunStart } from '../../../tracking/run-event.ts';

const at = '2026-05-01T10:00:00.000Z';
const timestamp = Date.parse(at);
const start: RunStart = {
  ...{ event: 'started', format: 1, at, id: 'a', name: 'train', parent: null, parameters: {}, inputs: [] },
  code: { command: 'train', intentFleet: '0.1.0', commit: null },
};
const figures = (step: number, metrics: Record<string, number>): RunEvent => ({ event: 'metrics', at, step, metrics });
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`m${number}`, number]));

test('each event is sent in its order, figures that follow one another together', (t) => {
  const events: RunEvent[] = [
    start,
    figures(0, { accuracy: 0.5 }),
    figures(1, { accuracy: 0.6, 'f1 (macro)': 0.4 }),
    { event: 'file', at, path: 'page.html' },
    { event: 'trained', at, artifact: 'ab' },
    { event: 'registered', at, model: 'intents', version: 3 },
    { event: 'ended', at, outcome: 'failed', reason: 'no memory' },
  ];
  const metrics = [
    { key: 'accuracy', value: 0.5, timestamp, step: 0 },
    { key: 'accuracy', value: 0.6, timestamp, step: 1 },
    { key: 'f1 _macro_', value: 0.4, timestamp, step: 1 },
  ];
  const tags = [
    { key: 'intent-fleet.model', value: 'intents' },
    { key: 'intent-fleet.model-version', value: '3' },
  ];
  const note = [{ key: 'mlflow.note.content', value: 'no memory' }];
  const steps = [
    { send: 'start', start, lines: 1 },
    { send: 'metrics', metrics, lines: 3 },
    { send: 'file', path: 'page.html', lines: 4 },
    { send: 'tags', tags: [{ key: 'intent-fleet.artifact', value: 'ab' }], lines: 5 },
    { send: 'tags', tags, lines: 6 },
    { send: 'end', outcome: 'failed', at: timestamp, tags: note, lines: 7 },
  ] as const;
  t.deepEqual(plan(events, 0), steps as unknown as ReturnType<typeof plan>);
  t.deepEqual(plan(events, 2), [{ send: 'metrics', metrics: metrics.slice(1), lines: 3 }, ...steps.slice(2)] as never);
  t.deepEqual(plan(events, 7), []);
});

test('no batch has more figures than MLflow takes, and a line is sent with its last one', (t) => {
  const steps = plan([start, figures(0, many(600)), figures(1, many(1500)), figures(2, many(10))], 1);
  t.deepEqual(
    steps.map((step) => [step.send, step.send === 'metrics' ? step.metrics.length : undefined, step.lines]),
    [
      ['metrics', 1000, 2],
      ['metrics', 1000, 2],
      ['metrics', 110, 4],
    ],
  );
});

test('figures that are none are sent with nothing', (t) => {
  t.deepEqual(plan([start, figures(0, {})], 1), [{ send: 'metrics', metrics: [], lines: 2 }]);
  t.deepEqual(plan([start, figures(0, { a: 1 }), figures(1, {})], 1), [
    { send: 'metrics', metrics: [{ key: 'a', value: 1, timestamp, step: 0 }], lines: 3 },
  ]);
});
