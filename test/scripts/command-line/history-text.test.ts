import test from 'ava';
import type { HistoryEntry } from '../../../deployments/history-entry.ts';
import { historyText } from '../../../scripts/command-line/history-text.ts';

const first: HistoryEntry = {
  ...{ format: 1, beganAt: '2026-01-02T03:04:05.678Z', endedAt: '2026-01-02T03:06:06Z' },
  ...{ user: 'ann', host: 'laptop', command: 'make apply', strategy: 'rolling', from: null, to: 'r-1' },
  ...{ outcome: 'successful', reason: null, modelVersions: { from: null, to: 'm1' } },
};

const second: HistoryEntry = {
  ...{
    ...first,
    beganAt: '2026-01-03T03:04:05Z',
    endedAt: '2026-01-03T03:04:50Z',
    user: 'bob',
    from: 'r-1',
    to: 'r-2',
  },
  ...{ strategy: 'canary', outcome: 'rolled back', reason: 'green serves, and the alarm latency rings' },
  modelVersions: { from: 'm1', to: 'm2' },
};

const { modelVersions: _, ...third }: HistoryEntry = {
  ...{ ...second, beganAt: '2026-01-04T03:04:05Z', endedAt: null, outcome: 'under way', reason: null },
};

test('each deployment has a row, and each reason a line below', (t) => {
  t.is(
    historyText([third, second, first]),
    `\
┌─────────────────────┬───────────────┬────────────┬──────────┬──────────┬──────────┬─────────────┬───────────┐
│ when (UTC)          │ who           │ command    │ from     │ to       │ strategy │ outcome     │ took      │
├─────────────────────┼───────────────┼────────────┼──────────┼──────────┼──────────┼─────────────┼───────────┤
│ 2026-01-04 03:04:05 │ bob on laptop │ make apply │ r-1      │ r-2      │ canary   │ under way   │ –         │
├─────────────────────┼───────────────┼────────────┼──────────┼──────────┼──────────┼─────────────┼───────────┤
│ 2026-01-03 03:04:05 │ bob on laptop │ make apply │ r-1      │ r-2      │ canary   │ rolled back │ 45 s      │
│                     │               │            │ model m1 │ model m2 │          │             │           │
├─────────────────────┼───────────────┼────────────┼──────────┼──────────┼──────────┼─────────────┼───────────┤
│ 2026-01-02 03:04:05 │ ann on laptop │ make apply │ –        │ r-1      │ rolling  │ successful  │ 2 min 0 s │
│                     │               │            │          │ model m1 │          │             │           │
└─────────────────────┴───────────────┴────────────┴──────────┴──────────┴──────────┴─────────────┴───────────┘
2026-01-03 03:04:05 r-2 rolled back: green serves, and the alarm latency rings`,
  );
});

test('a stage without deployments says so', (t) => {
  t.is(historyText([]), 'No deployment is recorded yet.');
});
