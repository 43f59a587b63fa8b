import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import test from 'ava';
import { settingsPage } from '../../scripts/docs.ts';

const read = (path: string) => readFile(resolve(import.meta.dirname, '../..', path), 'utf8');

test('the page on settings is that of the annotated stage; otherwise: node scripts/docs.ts', async (t) => {
  t.is(await read('docs/settings.md'), settingsPage(await read('stages/rehearsal.yaml')));
});
