import test from 'ava';
import { completed, type HistoryEntry } from '../../deployments/history-entry.ts';
import { beginSecond, named, steady } from './strategies/examples.ts';

const entry: HistoryEntry = {
  ...{ format: 1, beganAt: '2026-01-02T03:04:05.678Z', endedAt: null },
  ...{ user: 'ann', host: 'laptop', command: 'make apply', strategy: 'canary', from: named(1), to: named(2) },
  ...{ outcome: 'under way', reason: null, modelVersions: { from: 'm1', to: 'm2' } },
};

test('the outcome of a deployment whose command was killed after its last step is that of what is deployed', (t) => {
  const back = { revision: named(2), result: 'rolled back', reason: 'no disk' } as const;
  t.deepEqual(completed([entry, entry], steady({ last: back })), [
    { ...entry, outcome: 'rolled back', reason: 'no disk' },
    entry,
  ]);
});

test('a deployment that is under way, another one and one that has ended stay as they are', (t) => {
  t.deepEqual(completed([entry], beginSecond({})), [entry]);
  const other = { revision: named(3), result: 'successful', reason: null } as const;
  t.deepEqual(completed([entry], steady({ last: other })), [entry]);
  const ended = { ...entry, outcome: 'stuck' as const };
  t.deepEqual(completed([ended], steady({ last: { ...other, revision: named(2) } })), [ended]);
  t.deepEqual(completed([], steady()), []);
});
