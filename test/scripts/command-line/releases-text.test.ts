import test from 'ava';
import { abort } from '../../../deployments/strategies/abort.ts';
import { releasesText } from '../../../scripts/command-line/releases-text.ts';
import { beginSecond, named, revision, steady } from '../../deployments/strategies/examples.ts';

const now = new Date('2026-01-03T01:00:00Z');

const [r1, r2, r3] = [1, 2, 3].map(named);

/** Three revisions: green serves the second one, blue had the first one last, the third one failed. */
const deployment = steady({
  live: 'green',
  revisions: {
    [r1 ?? '']: revision(1),
    [r2 ?? '']: { ...revision(2), accuracy: 0.9587 },
    [r3 ?? '']: { ...revision(3), instanceType: 't3.large' },
  },
  history: [r2 ?? '', r1 ?? ''],
  tracks: {
    blue: { revision: r1 ?? '', floor: 0, ceiling: 0 },
    green: { revision: r2 ?? '', floor: 2, ceiling: 8 },
  },
  weights: { blue: 0, green: 100 },
  last: { revision: r3 ?? '', result: 'rolled back', reason: 'green failed its smoke test: praise' },
});

/** The cells of each row of a table, and the lines below it. */
function partsOf(text: string) {
  const lines = text.split('\n');
  const rows = lines.filter((line) => line.startsWith('│'));
  const cells = rows.map((row) =>
    row
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return { rows: cells, below: lines.filter((line) => !/^[│┌├└]/.test(line)) };
}

test('each kept revision has a row, the newest one first, and the last deployment a line', (t) => {
  t.deepEqual(partsOf(releasesText(deployment, now)), {
    rows: [
      ['revision', 'release', 'made', 'model', 'accuracy', 'machines', 'image', 'track', 'traffic'],
      [r3, '3'.repeat(16), '1 h 0 min ago', 'm3', '–', 't3.large', 'ami-1', '–', '–'],
      [r2, '2'.repeat(16), '1 d 1 h ago', 'm2', '95.9 %', 't3.small', 'ami-1', 'green, live', '100 %'],
      [r1, '1'.repeat(16), '2 d 1 h ago', 'm1', '–', 't3.small', 'ami-1', 'blue, idle', '0 %'],
    ],
    below: [`last: ${r3} rolled back: green failed its smoke test: praise`],
  });
});

test('what is under way, goes back or is kept warm is told below', (t) => {
  const begun = beginSecond({ strategy: 'canary' });
  const shown = { ...begun, weights: { blue: 95, green: 5 } };
  const tracks = { ...begun.tracks, green: { revision: r2 ?? '', floor: 2, ceiling: 8 } };
  const { rows, below } = partsOf(releasesText({ ...shown, tracks }, now));
  t.deepEqual(
    rows.slice(1).map((row) => [row[0], ...row.slice(-2)]),
    [
      [r2, 'green', '5 %'],
      [r1, 'blue, live', '95 %'],
    ],
  );
  t.deepEqual(below, [`under way: ${r2} by canary, since 2026-01-02T03:04:05.000Z`]);
  const goesBack = releasesText(abort(begun, 'A person aborted it'), now);
  t.deepEqual(partsOf(goesBack).below, [`under way: ${r2} goes back: A person aborted it`]);
  const warm = steady({ phase: 'warm', last: { revision: r1 ?? '', result: 'successful', reason: null } });
  t.deepEqual(partsOf(releasesText(warm, now)).below, [
    'The old machines are kept warm; make promote removes them.',
    `last: ${r1} successful`,
  ]);
});
