import test from 'ava';
import { resultTables, terminalTables } from '../../load/tables.ts';
import { nothing, result } from './results.ts';

const head = ['requests', 'a minute', 'mean ms', 'p10 ms', 'p50 ms', 'p90 ms', 'p99 ms', 'max ms'];

test('the tables have the figures, and the shares of statuses, machines and releases', (t) => {
  t.deepEqual(resultTables(result), [
    { head, rows: [['10', '120', '12.3', '1.23', '5.50', '98.8', '123', '1235']] },
    {
      head: ['status', 'requests', 'share'],
      rows: [
        ['200', '6', '60.0 %'],
        ['429', '2', '20.0 %'],
        ['503', '1', '10.0 %'],
        ['ECONNRESET', '1', '10.0 %'],
      ],
    },
    {
      head: ['machine', 'answers', 'share'],
      rows: [
        ['none named', '1', '11.1 %'],
        ['i-1', '5', '55.6 %'],
        ['i-2', '3', '33.3 %'],
      ],
    },
    {
      head: ['release', 'answers', 'share'],
      rows: [
        ['none named', '1', '11.1 %'],
        ['0123456789abcdef', '8', '88.9 %'],
      ],
    },
  ]);
});

test('a load without a request has no figures', (t) => {
  t.deepEqual(resultTables(nothing), [{ head, rows: [['0', '–', '–', '–', '–', '–', '–', '–']] }]);
});

test('a terminal gets them below each other', (t) => {
  const lines = terminalTables(result).split('\n');
  t.regex(lines[3] ?? '', /^│ 10 +│ 120 +│ 12\.3 +│/);
  t.is(lines.filter((line) => line.startsWith('┌')).length, 4);
});
