import test from 'ava';
import type { MoveRecord } from '../../../registry/move-record.ts';
import type { VersionRecord } from '../../../registry/version-record.ts';
import { modelsText } from '../../../scripts/command-line/models-text.ts';

function version(number: number): VersionRecord {
  const source = { rows: 100, sha256: 'a'.repeat(64) };
  return {
    ...{ format: 1, version: number, artifact: String(number).repeat(12), registeredAt: '2026-05-01T10:00:00.000Z' },
    code: { intentFleet: '0.1.0', commit: null },
    parameters: { profile: 'default', algorithm: 'linear-svm', seed: 1 },
    data: { train: source, test: source },
    metrics: { examples: 50, accuracy: 0.9, accuracyInterval: [0.8, 0.95], calibrationError: 0.04 },
    ...{ intents: 4, bytes: 1000 },
  };
}

const move = (alias: string, from: number | null, to: number, reason: string): MoveRecord => ({
  ...{ format: 1, alias, version: to, from, at: '2026-05-02T10:00:00.000Z', reason },
});

test('the newest version comes first, with its aliases and where it serves, and below them the last moves', (t) => {
  const moves = [
    move('production', null, 1, 'the first'),
    move('staging', null, 2, 'try it'),
    move('production', 1, 2, 'ok'),
  ];
  const aliases = new Map([
    ['production', 2],
    ['staging', 2],
  ]);
  const serving = new Map([['rehearsal', '1'.repeat(12)]]);
  const text = modelsText({ versions: [1, 2].map(version), aliases, moves, serving });
  const rows = text.split('\n').filter((line) => /^│ [12]/.test(line));
  t.deepEqual(
    rows.map((row) => row.split('│').map((cell) => cell.trim())),
    [
      [
        '',
        '2',
        '2'.repeat(12),
        '2026-05-01T10:00:00.000Z',
        'default',
        '4',
        '90.0 %',
        '50',
        'production, staging',
        '',
        '',
      ],
      ['', '1', '1'.repeat(12), '2026-05-01T10:00:00.000Z', 'default', '4', '90.0 %', '50', '', 'rehearsal', ''],
    ],
  );
  t.deepEqual(text.split('\n').slice(-3), [
    '2026-05-02T10:00:00.000Z production: version 1 → version 2: ok',
    '2026-05-02T10:00:00.000Z staging: version 2: try it',
    '2026-05-02T10:00:00.000Z production: version 1: the first',
  ]);
});
