import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import test from 'ava';

const root = join(import.meta.dirname, '../..');

const names = await readdir(join(root, 'docs'), { recursive: true });
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...names.filter((name) => name.endsWith('.md')).map((name) => join('docs', name)),
];

test('every link of a page leads to a file', async (t) => {
  for (const page of pages) {
    const text = await readFile(join(root, page), 'utf8');
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target = '']) => target);
    const broken = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
    t.deepEqual(broken, [], page);
  }
});

test('every target of make that a page names exists', async (t) => {
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

test('the README links every page, and the README of a folder every page beside it', async (t) => {
  for (const page of pages.slice(1)) {
    const beside = join(dirname(page), 'README.md');
    const list = pages.includes(beside) && beside !== page ? beside : 'README.md';
    const text = await readFile(join(root, list), 'utf8');
    t.true(text.includes(`(${relative(dirname(list), page)})`), `${page} in ${list}`);
  }
});
