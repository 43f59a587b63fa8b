import test from 'ava';
import { formatValue, scaleOf } from '../../../monitoring/page/values.ts';

test('values have three digits and their unit', (t) => {
  t.deepEqual(
    [0, 0.0000042, 0.0372, 1.2345, 119, 300, 86_400].map((value) => formatValue('seconds', value)),
    ['0 s', '4.2 µs', '37.2 ms', '1.23 s', '119 s', '5 min', '24 h'],
  );
  t.deepEqual(
    [
      formatValue('ratio', 0.07456),
      formatValue('a minute', 12_345),
      formatValue('count', 3),
      formatValue('days', 13.94),
    ],
    ['7.46 %', '12.3K/min', '3', '13.9 days'],
  );
  t.deepEqual([formatValue('index', 0.251), formatValue('index', null)], ['0.251', '–']);
});

test('the largest value decides the unit of an axis of times', (t) => {
  t.deepEqual(
    [0.0009, 0.5, 60, 600, 9000].map((largest) => scaleOf('seconds', largest)),
    [
      { factor: 1_000_000, name: 'µs' },
      { factor: 1000, name: 'ms' },
      { factor: 1, name: 's' },
      { factor: 1 / 60, name: 'min' },
      { factor: 1 / 3600, name: 'h' },
    ],
  );
  t.deepEqual(scaleOf('ratio', 0.5), { factor: 100, name: '%' });
});
