import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { formatOne } from '../model/artifact/format-1.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const script = resolve(import.meta.dirname, '../../scripts/release.ts');
const run = (...argv: string[]) => execa(process.execPath, [script, ...argv], { all: true, reject: false });

test('release --help lists its options', async (t) => {
  const { exitCode, all } = await run('--help');
  t.is(exitCode, 0);
  t.regex(all, /^Usage: release \[options\]\n/);
  t.regex(all, /--artifact <folder>/);
});

test('without a model the error says what to do, and nothing is written', async (t) => {
  const folder = await temporaryFolder(t);
  const { exitCode, all } = await run('--artifact', join(folder, 'none'), '--output', join(folder, 'releases'));
  t.is(exitCode, 1);
  t.regex(all, /release: \S+none\S*: cannot be read \(ENOENT\); is this an artifact\? Train one with: make train$/);
  t.deepEqual(await readdir(folder), []);
});

test('a model that the gate refuses is not packed', async (t) => {
  const folder = await temporaryFolder(t);
  const { exitCode, all } = await run('--artifact', formatOne, '--output', join(folder, 'releases'));
  t.is(exitCode, 1);
  t.regex(all, /^Not compared with the model in service: /);
  t.regex(
    all,
    /^release: This model may not be released:\nrelease: golden text "hm": expected praise, got \w+; add training texts like it$/m,
  );
  t.deepEqual(await readdir(folder), []);
});
