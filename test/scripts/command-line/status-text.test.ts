import test from 'ava';
import { statusText } from '../../../scripts/command-line/status-text.ts';

const machine = {
  ...{ id: 'i-1', template: { id: 'lt-1', version: '1' }, health: 'healthy', reason: undefined },
  ...{ address: '10.20.0.5', release: '0123456789abcdef', cpuPercent: 12.5 },
};

function status() {
  const now = Date.now();
  return {
    ...{ url: 'https://localhost:1', release: '0123456789abcdef'.repeat(4), desired: 2, problem: null },
    ...{ refresh: undefined, alarms: [] },
    metrics: {
      until: new Date('2026-01-01T00:00:00Z') as Date | null,
      ...{ requestsPerSecond: 19.96, p90Milliseconds: 2.6 as number | null, errorPercent: 0.25 as number | null },
    },
    machines: [
      { ...machine, launchedAt: new Date(now - 90_000) },
      { ...machine, id: 'i-2', reason: 'Request timed out', cpuPercent: null, launchedAt: new Date(now - 7_260_000) },
    ],
  };
}

test('the status has the traffic and each machine with its use of processors', (t) => {
  const lines = statusText(status()).split('\n');
  t.is(lines[0], 'https://localhost:1, release 0123456789abcdef, 2 machines desired');
  t.is(lines[1], '20.0 requests/s, p90 3 ms, 0.3 % answered with a status from 500 until 2026-01-01T00:00:00.000Z');
  const cells = (line = '') => line.split('│').map((cell) => cell.trim());
  t.deepEqual(cells(lines[3]).slice(1, -1), ['machine', 'address', 'release', 'health', 'CPU', 'age']);
  t.deepEqual(cells(lines[5]).slice(1, -2), ['i-1', '10.20.0.5', '0123456789abcdef', 'healthy', '13 %']);
  t.regex(cells(lines[5])[6] ?? '', /^1 min 3\d s$/);
  t.deepEqual(cells(lines[7]).slice(4, -1), ['healthy: Request timed out', '–', '2 h 1 min']);
});

test('what is not known is left out', (t) => {
  const { metrics, ...others } = status();
  const lineOf = (changed: Partial<typeof metrics>) =>
    statusText({ ...others, metrics: { ...metrics, ...changed } }).split('\n')[1];
  t.is(lineOf({ until: null }), 'No metrics yet.');
  t.is(
    lineOf({ requestsPerSecond: 0, p90Milliseconds: null, errorPercent: null }),
    '0.0 requests/s until 2026-01-01T00:00:00.000Z',
  );
});

test('a problem and the alarms that ring come before the machines', (t) => {
  const alarm = { name: 'fleet-latency', description: 'Slow.', reason: '', since: new Date('2026-01-01T00:00:00Z') };
  const lines = statusText({ ...status(), problem: 'i-2 is old', alarms: [alarm] }).split('\n');
  t.deepEqual(lines.slice(2, 4), [
    'This release does not serve on every machine: i-2 is old',
    'fleet-latency rings since 2026-01-01T00:00:00.000Z: Slow.',
  ]);
});
