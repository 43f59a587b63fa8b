import test from 'ava';
import { logLine } from '../../../scripts/command-line/log-line.ts';

test('a line has time, the beginning of the id, unit and text; further lines are indented', (t) => {
  const line = {
    id: '1',
    machine: 'i-0123456789abcdef0',
    unit: 'proxy',
    timestamp: 1_764_402_210_123,
    message: 'one\ntwo\n',
  } as const;
  t.is(logLine(line), '2025-11-29T07:43:30.123Z i-01234567 proxy      one\n    two');
});
