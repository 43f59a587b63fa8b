import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test from 'ava';
import express from 'express';
import { staticFile } from '../../app/http/static-file.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a file is read once for simultaneous first clients, and again after it could not be read', async (t) => {
  const path = join(await temporaryFolder(t), 'page.css');
  let reads = 0;
  const handler = staticFile(() => {
    reads += 1;
    return path;
  }, 'text/css');
  const server = createServer(
    express()
      .use((request, _, next) => {
        request.id = 'one';
        next();
      })
      .use(handler),
  );
  const url = `http://127.0.0.1:${await listen(t, server)}/`;
  t.is((await fetch(url)).status, 500);
  t.is(reads, 1);
  await writeFile(path, 'a { color: red; }');
  const answers = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()));
  t.deepEqual(answers, Array(3).fill('a { color: red; }'));
  t.is(reads, 2);
});
