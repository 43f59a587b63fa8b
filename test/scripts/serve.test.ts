import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { writeArtifact } from '../../model/artifact/write.ts';
import { smallArtifact } from '../releases/small-artifact.ts';
import { makeCertificate } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const serve = resolve(import.meta.dirname, '../../scripts/serve.ts');
const artifact = await smallArtifact();

/** Starts make serve in an empty folder, with a small model, on a free port. */
async function start(t: ExecutionContext, environment: Record<string, string> = {}) {
  const folder = await temporaryFolder(t);
  writeArtifact(artifact, join(folder, 'artifact'));
  const service = execa(process.execPath, [serve], {
    cwd: folder,
    env: { ARTIFACT: 'artifact', PORT: '0', ...environment },
    stdin: 'ignore',
    reject: false,
  });
  // In an object: a promise that is returned would be awaited.
  return { service };
}

for (const [signal, code] of [
  ['SIGINT', 0],
  ['SIGHUP', 0],
] as const) {
  test(`${signal} drains the service`, async (t) => {
    const { service } = await start(t);
    for await (const line of service.iterable({ from: 'stderr' })) {
      if (String(line).startsWith('Serving at')) service.kill(signal);
    }
    const { exitCode, stdout } = await service;
    t.is(exitCode, code);
    t.deepEqual(
      stdout.split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg),
      ['ready', 'stopping', 'stopped'],
    );
  });
}

/** What make serve says that cannot serve. */
async function refusal(t: ExecutionContext, environment: Record<string, string>): Promise<string> {
  const { service } = await start(t, environment);
  const { exitCode, stderr, stdout } = await service;
  t.not(exitCode, 0);
  t.is(stdout, '');
  return stderr;
}

test('a port that is taken is one sentence', async (t) => {
  const port = String(await listen(t, createServer()));
  t.is(
    await refusal(t, { PORT: port }),
    `serve: Cannot listen on 127.0.0.1 port ${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}. PORT=… chooses another one`,
  );
});

test('a key without its certificate, and one of another certificate, are one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const { certificate, key } = await makeCertificate(folder, 'one');
  const other = await makeCertificate(folder, 'other');
  t.regex(await refusal(t, { TLS_KEY: key }), /^TLS_CERTIFICATE: [^\n]+$/);
  t.is(
    await refusal(t, { TLS_CERTIFICATE: certificate, TLS_KEY: other.key }),
    `serve: ${other.key}: expected the private key of ${certificate}, got the key of another one`,
  );
});
