import test from 'ava';
import { markdownTable, terminalTable } from '../../common/tables.ts';

test('a Markdown table escapes the vertical bars in its cells', (t) => {
  t.is(markdownTable(['a', 'b'], [['1', 'x | y']]), '| a | b |\n|---|---|\n| 1 | x \\| y |');
});

test('a table for a terminal has no colours', (t) => {
  t.is(terminalTable(['a'], [['1']]), '┌───┐\n│ a │\n├───┤\n│ 1 │\n└───┘');
});
