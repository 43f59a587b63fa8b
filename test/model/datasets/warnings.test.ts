import test from 'ava';
import type { DataReport } from '../../../model/datasets/report.ts';
import { describeWarnings } from '../../../model/datasets/warnings.ts';

const good: DataReport = {
  ...{ path: 'own.csv', foundOut: undefined, rows: 40, testRows: 10, labels: [], duplicates: 0 },
  lengths: { shortest: 1, median: 2, longest: 3 },
  ...{ conflicts: [], thin: [], single: [], tooLong: [], repeated: [], nearDuplicates: [] },
};

const example = (line: number, intent = 'x') => ({ text: 'hello', intent, line });

test('good texts have no warning', (t) => {
  t.deepEqual(describeWarnings(good), []);
});

test('each warning names its lines', (t) => {
  const places = [3, 5, 9].map((line) => ({ line, intent: `i${line}` }));
  const warnings = describeWarnings({
    ...good,
    duplicates: 1,
    conflicts: [{ text: 'say "hi"', places }],
    thin: ['a', 'b'],
    single: [example(12, 'c')],
    tooLong: [example(7), example(8)],
    repeated: [{ test: example(2), train: example(4) }],
    nearDuplicates: [{ test: example(3), train: example(6), similarity: 0.9 }],
  });
  t.deepEqual(warnings, [
    String.raw`own.csv: "say \"hi\"" is i3 on line 3, i5 on line 5, i9 on line 9`,
    '1 text is under the same intent as before, again',
    'intents with one text, which nothing measures: c (line 12)',
    'intents with fewer than 20 texts: a, b',
    '2 texts are longer than the 2000 characters that the service takes: line 7, line 8',
    '1 test text is learned, too, and measured for nothing: test line 2 is line 4',
    '1 test text is nearly equal to training texts: test line 3 is like line 6',
  ]);
});

test('of many, a dozen is listed', (t) => {
  const conflicts = Array.from({ length: 14 }, (_, line) => ({ text: `${line}`, places: [] }));
  const thin = Array.from({ length: 15 }, (_, index) => `i${index}`);
  const warnings = describeWarnings({ ...good, conflicts, thin });
  t.is(warnings.length, 14);
  t.is(warnings[12], '2 more texts have two intents');
  t.is(warnings[13], `intents with fewer than 20 texts: ${thin.slice(0, 12).join(', ')} and 3 more`);
});
