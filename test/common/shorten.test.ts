import test from 'ava';
import { shorten } from '../../common/shorten.ts';

test('a text of the greatest length stays, a longer one ends with an ellipsis', (t) => {
  t.is(shorten('', 3), '');
  t.is(shorten('abc', 3), 'abc');
  t.is(shorten('abcd', 3), 'ab…');
});

test('a character is never cut in half', (t) => {
  t.is(shorten('😀😀😀', 3), '😀😀😀');
  t.is(shorten('😀😀😀😀', 3), '😀😀…');
});
