import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { readStart, workerCommand } from '../../../shadow/run/worker-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const start = {
  runtime: 'bin/node',
  options: ['--max-semi-space-size=8'],
  program: 'app/service.mjs',
  environment: { NODE_ENV: 'production' },
};

test('a release starts as it says, on loopback, without limits for clients, keys and feedback', (t) => {
  t.deepEqual(workerCommand('/releases/x', start, { service: 20_080, metrics: 20_081 }), {
    file: '/releases/x/bin/node',
    parameters: ['--max-semi-space-size=8', '/releases/x/app/service.mjs'],
    folder: '/releases/x',
    environment: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '20080',
      METRICS_PORT: '20081',
      ARTIFACT: '/releases/x/artifact',
      RATE_LIMIT_REQUESTS: '0',
      LOG_LEVEL: 'warn',
      DRAIN_SECONDS: '1',
    },
  });
});

test('a release of another format starts, too; one that does not say how is refused', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'release.json');
  await writeFile(path, JSON.stringify({ format: 99, start, more: true }));
  t.deepEqual(await readStart(folder), start);
  await writeFile(path, JSON.stringify({ start: { ...start, runtime: '../../bin/sh' } }));
  await t.throwsAsync(readStart(folder), {
    message: `${path}: not a release's manifest:\n  start.runtime: expected a relative path without .., got "../../bin/sh"`,
  });
});
