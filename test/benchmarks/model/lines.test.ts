import test from 'ava';
import { atLeast, atMost, stated, tableOf } from '../../../benchmarks/model/lines.ts';

test('what is reached is judged by the unrounded value', (t) => {
  t.deepEqual(atLeast('accuracy', 0.93399, 0.934), {
    what: 'accuracy',
    got: '93.40',
    reach: 'at least 93.40',
    ok: false,
  });
  t.deepEqual(atMost('time', 60, 60, ' us', 1), { what: 'time', got: '60.0 us', reach: 'at most 60 us', ok: true });
  t.false(atMost('time', 60.01, 60, ' us', 1).ok);
});

test('the table says what was missed', (t) => {
  const table = tableOf([atLeast('accuracy', 0.9, 0.8), atMost('size', 5, 4, ' MB', 0), stated('memory', '9 MB')]);
  const rows = table.split('\n').filter((line) => line.startsWith('│'));
  t.deepEqual(
    rows.slice(1).map((row) =>
      row
        .split('│')
        .map((cell) => cell.trim())
        .slice(1, 5),
    ),
    [
      ['accuracy', '90.00', 'at least 80.00', 'reached'],
      ['size', '5 MB', 'at most 4 MB', 'MISSED'],
      ['memory', '9 MB', 'stated', ''],
    ],
  );
});
