import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'ava';

const root = join(import.meta.dirname, '../..');

const names = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...names.map((name) => join('docs', name))];

test('every link of a page to another file leads to one', async (t) => {
  for (const page of pages) {
    const text = await readFile(join(root, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
    t.deepEqual(broken, [], page);
  }
});

test('every target of make that a page names is there', async (t) => {
  const makefile = await readFile(join(root, 'Makefile'), 'utf8');
  const targets = new Set([...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
  for (const page of pages) {
    const text = await readFile(join(root, page), 'utf8');
    const named = [...text.matchAll(/(?:^ {4}|`)make ([a-z-]+)/gm)].map(([, target = '']) => target);
    t.deepEqual(
      named.filter((target) => !targets.has(target)),
      [],
      page,
    );
  }
});

test('every page is one click away from the README', async (t) => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  t.deepEqual(
    pages.filter((page) => page !== 'README.md' && !readme.includes(`(${page})`)),
    [],
  );
});
