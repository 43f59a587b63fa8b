import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { makeCertificate } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { nginxBinary, sendRequest, startWithMetrics } from './nginx.ts';

// Skipped where nginx is not installed; the report says so.
const test = nginxBinary === undefined ? anyTest.skip : anyTest;

/** Starts a program that answers `/metrics` with its name. */
function exposition(t: ExecutionContext, name: string): Promise<number> {
  return listen(
    t,
    createServer(({ url }, response) => response.end(`${name} ${url}`)),
  );
}

/** The real nginx before two workers and two exporters. */
async function start(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const certificate = await makeCertificate(folder, 'proxy');
  const marker = join(folder, '0123456789abcdef');
  await writeFile(marker, '');
  const { metrics, port, status } = await startWithMetrics(t, {
    ...{ ports: [8081, 8082], proxy: certificate, service: certificate, nginx: {}, marker },
    metrics: {
      workers: [
        { port: 8081, metricsPort: await exposition(t, 'first') },
        { port: 8082, metricsPort: await exposition(t, 'second') },
      ],
      nginx: await exposition(t, 'nginx'),
      node: await exposition(t, 'node'),
    },
  });
  const ca = await readFile(certificate.certificate);
  const ask = async (path: string, from = metrics) => {
    const { status: code, body } = await sendRequest({ port: from, ca, path });
    return [code, body];
  };
  return { ask, port, status };
}

test('the metrics of each worker, of nginx and of the machine have a path of their own', async (t) => {
  const { ask } = await start(t);
  t.deepEqual(await ask('/metrics/workers/8081'), [200, 'first /metrics']);
  t.deepEqual(await ask('/metrics/workers/8082'), [200, 'second /metrics']);
  t.deepEqual(await ask('/metrics/nginx'), [200, 'nginx /metrics']);
  t.deepEqual(await ask('/metrics/node'), [200, 'node /metrics']);
});

test('nothing else is on the listener of metrics, and no metrics are on the public one', async (t) => {
  const { ask, port } = await start(t);
  for (const path of ['/', '/metrics', '/metrics/workers/8083', '/predict']) t.is((await ask(path))[0], 404);
  t.is((await ask('/metrics/node', port))[0], 503);
});

test('the nginx exporter reads the connections and requests of nginx', async (t) => {
  const { status } = await start(t);
  const body = await (await fetch(`http://127.0.0.1:${status}/`)).text();
  t.regex(body, /^Active connections: \d+ \nserver accepts handled requests\n \d+ \d+ \d+ \n/);
});
