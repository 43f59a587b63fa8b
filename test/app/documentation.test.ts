import { readFile } from 'node:fs/promises';
import test from 'ava';
import { serviceTables, withTables } from '../../app/reference.ts';

for (const [path, tables] of Object.entries(serviceTables)) {
  test(`the tables of ${path} are current; otherwise: node scripts/docs.ts`, async (t) => {
    const page = await readFile(path, 'utf8');
    t.is(page, withTables(page, tables));
  });
}

test('refuses a page without the place for a table, which it names', (t) => {
  t.throws(() => withTables('nothing', { settings: () => '' }), {
    message: 'expected <!-- settings --> and <!-- /settings --> in the page, got neither',
  });
});
