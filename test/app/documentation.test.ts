import { readFile } from 'node:fs/promises';
import test from 'ava';
import { serviceTables, withTables } from '../../app/reference.ts';

for (const [path, tables] of Object.entries(serviceTables)) {
  test(`${path} says what the code says (else: node scripts/docs.ts)`, async (t) => {
    const page = await readFile(path, 'utf8');
    t.is(page, withTables(page, tables));
  });
}

test('a page without the place for a table is an error that names it', (t) => {
  t.throws(() => withTables('nothing', { settings: () => '' }), {
    message: 'expected <!-- settings --> and <!-- /settings --> in the page, got neither',
  });
});
