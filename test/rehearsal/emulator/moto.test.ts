import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { checkoutFolder } from '../../../common/paths.ts';
import { debianImage } from '../../../rehearsal/emulator/images.ts';
import { startMoto } from '../../../rehearsal/emulator/moto.ts';
import { writeProgram } from '../../support/programs.ts';
import { freePort } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A program that stands for moto_server, in the folder that it gets. */
async function programOf(t: ExecutionContext, script: string) {
  const folder = await temporaryFolder(t);
  const program = join(folder, 'moto_server');
  await writeProgram(program, script);
  return { folder, program, port: await freePort() };
}

// Answers 503 once, then 200, and prints its arguments and settings.
const answering = `#!${process.execPath}
const { argv, env } = process;
const settings = Object.entries(env).filter(([name]) => /^(MOTO_|PYTHONPATH)/.test(name));
console.log(JSON.stringify({ arguments: argv.slice(2), settings: Object.fromEntries(settings) }));
let requests = 0;
const answer = (request, response) => response.writeHead(requests++ && request.url === '/moto-api/' ? 200 : 503).end();
require('node:http').createServer(answer).listen(Number(argv[5]), '127.0.0.1');
`;

test('moto gets its settings and the images, and is waited for until it answers', async (t) => {
  const { folder, program, port } = await programOf(t, answering);
  const moto = await startMoto(program, folder, port);
  t.teardown(() => moto.kill('SIGKILL'));
  t.is(moto.exitCode ?? moto.signalCode, null);
  const images = join(folder, 'images.json');
  t.deepEqual(JSON.parse(await readFile(images, 'utf8')), [debianImage]);
  t.deepEqual(JSON.parse(await readFile(join(folder, 'moto.log'), 'utf8')), {
    arguments: ['--host', '127.0.0.1', '--port', String(port)],
    settings: {
      PYTHONPATH: join(checkoutFolder, 'rehearsal/emulator/mends'),
      MOTO_AMIS_PATH: images,
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ACM_VALIDATION_WAIT: '1',
    },
  });
});

const ends = { 'exit 3': '3', 'kill -KILL $$': 'SIGKILL', 'kill -TERM $$': 'SIGTERM' };

for (const [script, end] of Object.entries(ends)) {
  test(`a moto that ends with ${end} instead of starting is an error at once`, async (t) => {
    const { folder, program, port } = await programOf(t, `#!/bin/sh\n${script}\n`);
    const message = `moto ended with ${end} instead of starting; see ${join(folder, 'moto.log')}`;
    await t.throwsAsync(startMoto(program, folder, port), { message });
  });
}

test('a program that does not exist is an error', async (t) => {
  const folder = await temporaryFolder(t);
  const program = join(folder, 'moto_server');
  await t.throwsAsync(startMoto(program, folder, 1), { message: `spawn ${program} ENOENT` });
});
