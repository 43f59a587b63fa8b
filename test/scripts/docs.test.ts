import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { withTables } from '../../common/generated-tables.ts';
import { checkoutFolder } from '../../common/paths.ts';
import { generatedTables } from '../../scripts/docs.ts';

for (const [page, tables] of Object.entries(generatedTables)) {
  test(`the tables of ${page} are current; otherwise: make docs`, async (t) => {
    const text = await readFile(join(checkoutFolder, page), 'utf8');
    t.is(text, withTables(text, tables));
  });
}
