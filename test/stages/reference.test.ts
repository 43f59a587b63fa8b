import test from 'ava';
import { settingsReference, settingsTable } from '../../stages/reference.ts';

const yaml = `# What this file is.
# It says more.

# The first setting.
first: 1
fleet:
  # How large.
  size:
    min: 1
    # The largest,
    # over two lines.
    max: 2
  # Of the list | of all.
  list: [a, b]
tags: {}
`;

const reference = [
  { path: 'first', value: '1', meaning: 'The first setting.' },
  { path: 'fleet.size.min', value: '1', meaning: 'How large.' },
  { path: 'fleet.size.max', value: '2', meaning: 'The largest, over two lines.' },
  { path: 'fleet.list', value: '["a","b"]', meaning: 'Of the list | of all.' },
  { path: 'tags', value: '{}', meaning: '' },
];

test('lists every setting with its path, its value and its comment', (t) => {
  t.deepEqual(settingsReference(yaml), reference);
});

test('the table escapes vertical bars', (t) => {
  t.is(
    settingsTable(reference.slice(2, 4)),
    [
      '| setting | in the rehearsal | meaning |',
      '|---|---|---|',
      '| `fleet.size.max` | `2` | The largest, over two lines. |',
      '| `fleet.list` | `["a","b"]` | Of the list \\| of all. |',
    ].join('\n'),
  );
});
