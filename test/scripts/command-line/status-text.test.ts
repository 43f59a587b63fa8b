import test from 'ava';
import type { StageStatus } from '../../../deployments/stage-status.ts';
import { statusText } from '../../../scripts/command-line/status-text.ts';

const machine = {
  ...{ id: 'i-1', track: 'blue' as const, template: { id: 'lt-1', version: '1' }, leaving: false },
  ...{ health: 'healthy', reason: undefined, address: '10.20.0.5', release: '0123456789abcdef', cpuPercent: 12.5 },
};

function status(): StageStatus {
  const now = Date.now();
  return {
    ...{ url: 'https://localhost:1', release: '0123456789abcdef'.repeat(4), desired: 2, problem: null },
    tracks: {
      blue: { revision: 'r-0123456789ab', isLive: true, desired: 2, weight: 100 },
      green: { revision: 'r-ba9876543210', isLive: false, desired: 0, weight: 0 },
    },
    alarms: [],
    metrics: {
      until: new Date('2026-01-01T00:00:00Z'),
      ...{ requestsPerSecond: 19.96, p90Milliseconds: 2.6, errorPercent: 0.25 },
    },
    machines: [
      { ...machine, launchedAt: new Date(now - 90_000) },
      {
        ...machine,
        id: 'i-2',
        track: 'green',
        reason: 'Request timed out',
        cpuPercent: null,
        launchedAt: new Date(now - 7_260_000),
      },
    ],
  };
}

test('the status has the live track, the traffic and each machine with its use of processors', (t) => {
  const lines = statusText(status()).split('\n');
  t.deepEqual(lines.slice(0, 3), [
    'https://localhost:1, release 0123456789abcdef',
    'blue (live): r-0123456789ab, 2 machines desired, 100 % of the requests',
    '20.0 requests/s, p90 3 ms, 0.3 % answered with a status from 500 until 2026-01-01T00:00:00.000Z',
  ]);
  const cells = (line = '') => line.split('│').map((cell) => cell.trim());
  t.deepEqual(cells(lines[4]).slice(1, -1), ['machine', 'track', 'address', 'release', 'health', 'CPU', 'age']);
  t.deepEqual(cells(lines[6]).slice(1, -2), ['i-1', 'blue', '10.20.0.5', '0123456789abcdef', 'healthy', '13 %']);
  t.regex(cells(lines[6])[7] ?? '', /^1 min 3\d s$/);
  t.deepEqual(cells(lines[8]).slice(1, -1), [
    ...['i-2', 'green', '10.20.0.5', '0123456789abcdef'],
    ...['healthy: Request timed out', '–', '2 h 1 min'],
  ]);
});

test('another track is shown while it has machines or a share of the requests', (t) => {
  const { tracks, ...others } = status();
  const linesWith = (changed: Partial<StageStatus['tracks']['green']>, live = tracks.blue) =>
    statusText({ ...others, tracks: { blue: live, green: { ...tracks.green, ...changed } } })
      .split('\n')
      .filter((line) => /^(?:blue|green)/.test(line));
  const blue = 'blue (live): r-0123456789ab, 2 machines desired, 100 % of the requests';
  const green = 'green: r-ba9876543210,';
  t.deepEqual(linesWith({}), [blue]);
  t.deepEqual(linesWith({ desired: 2 }), [blue, `${green} 2 machines desired, 0 % of the requests`]);
  t.deepEqual(linesWith({ weight: 25 }), [blue, `${green} 0 machines desired, 25 % of the requests`]);
  t.deepEqual(linesWith({}, { revision: null, isLive: true, desired: 0, weight: 100 }), [
    'blue (live): no revision, 0 machines desired, 100 % of the requests',
  ]);
});

test('what is not known is left out', (t) => {
  const { metrics, ...others } = status();
  const lineOf = (changed: Partial<typeof metrics>) =>
    statusText({ ...others, metrics: { ...metrics, ...changed } }).split('\n')[2];
  t.is(lineOf({ until: null }), 'No metrics yet.');
  t.is(
    lineOf({ requestsPerSecond: 0, p90Milliseconds: null, errorPercent: null }),
    '0.0 requests/s until 2026-01-01T00:00:00.000Z',
  );
  t.is(statusText({ ...status(), release: null }).split('\n')[0], 'https://localhost:1, no release serves');
});

test('a problem and the alarms that ring come before the machines', (t) => {
  const since = new Date('2026-01-01T00:00:00Z');
  const alarm = { name: 'fleet-blue-latency', description: 'Slow.', reason: '', since };
  const lines = statusText({ ...status(), problem: '1 of 2 machines healthy.', alarms: [alarm] }).split('\n');
  t.deepEqual(lines.slice(3, 5), [
    '1 of 2 machines healthy.',
    'fleet-blue-latency rings since 2026-01-01T00:00:00.000Z: Slow.',
  ]);
});
