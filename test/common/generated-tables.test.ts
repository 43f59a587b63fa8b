import test from 'ava';
import { withTables } from '../../common/generated-tables.ts';

test('a table replaces the text between its two comments', (t) => {
  const page = 'before\n<!-- one -->\nold\n<!-- /one -->\nafter\n';
  t.is(withTables(page, { one: () => '$& new' }), 'before\n<!-- one -->\n$& new\n<!-- /one -->\nafter\n');
});

test('refuses a page without the place for a table, which it names', (t) => {
  t.throws(() => withTables('nothing', { settings: () => '' }), {
    message: 'expected <!-- settings --> and <!-- /settings --> in the page, got neither',
  });
});
