import test from 'ava';
import { renderTable } from '../../../benchmarks/service/table.ts';
import { median } from '../../../common/median.ts';

test('the table says what is hoped for and whether it came true', (t) => {
  const rows = [
    { what: 'one', measured: '5 ms', reach: 'at most 3 ms', isMet: false },
    { what: 'two', measured: '7' },
  ];
  t.is(
    renderTable(rows),
    [
      '| what | measured | reach        | met |',
      '|------|----------|--------------|-----|',
      '| one  | 5 ms     | at most 3 ms | no  |',
      '| two  | 7        |              |     |',
      '',
    ].join('\n'),
  );
});

test('the median is the middle, or between the two in the middle', (t) => {
  t.is(median([9, 1, 5]), 5);
  t.is(median([4, 1, 2, 3]), 2.5);
});
