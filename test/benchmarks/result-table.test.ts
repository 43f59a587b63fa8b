import test from 'ava';
import { atLeast, atMost, resultTable } from '../../benchmarks/result-table.ts';

test('the unrounded value decides whether a target is met', (t) => {
  t.deepEqual(atLeast('accuracy', 0.93399, 0.934), {
    what: 'accuracy',
    measured: '93.40',
    target: 'at least 93.40',
    isMet: false,
  });
  t.deepEqual(atMost('time', 60, 60, ' us', 1), {
    what: 'time',
    measured: '60.0 us',
    target: 'at most 60 us',
    isMet: true,
  });
  t.false(atMost('time', 60.01, 60, ' us', 1).isMet);
});

test('the table shows each target and whether it is met, in aligned columns', (t) => {
  const results = [atLeast('accuracy', 0.9, 0.8), atMost('size', 5, 4, ' MB', 0), { what: 'memory', measured: '9 MB' }];
  t.is(
    resultTable(results),
    [
      '| what     | measured | target         | met |',
      '|---|---|---|---|',
      '| accuracy | 90.00    | at least 80.00 | yes |',
      '| size     | 5 MB     | at most 4 MB   | no  |',
      '| memory   | 9 MB     |                |     |',
    ].join('\n'),
  );
});
