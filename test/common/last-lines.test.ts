import test from 'ava';
import { lastLines } from '../../common/last-lines.ts';

test('the last lines of a text come without its last line break', (t) => {
  t.is(lastLines('a\nb\nc\n\n', 2), 'b\nc');
  t.is(lastLines('a', 2), 'a');
});
