import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import anyTest, { type ExecutionContext } from 'ava';
import { makeCertificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Answer, nginxBinary, sendRequest, startNginx, startWorker } from './nginx.ts';

// Skipped where nginx is not installed; the report says so.
const test = nginxBinary === undefined ? anyTest.skip : anyTest;

interface Given {
  headers?: Record<string, string>;
  method?: string;
  body?: string;
}

/** Two workers and the real nginx before them on a verified machine; the workers may have another certificate than nginx expects. */
async function start(t: ExecutionContext, workerCertificate: 'service' | 'foreign' = 'service') {
  const folder = await temporaryFolder(t);
  const proxy = await makeCertificate(folder, 'proxy');
  const service = await makeCertificate(folder, 'service');
  const shown = workerCertificate === 'service' ? service : await makeCertificate(folder, 'foreign');
  const tls = { cert: await readFile(shown.certificate), key: await readFile(shown.key) };
  const workers = [await startWorker(t, 'one', tls), await startWorker(t, 'two', tls)] as const;
  const limits = { rateLimit: { requestsPerSecond: 1, burst: 5 }, clientMaxBodyKilobytes: 1 };
  const marker = join(folder, '0123456789abcdef');
  await writeFile(marker, '');
  // nginx's processes run as another user.
  await chmod(folder, 0o755);
  const ports = workers.map((worker) => worker.port);
  const port = await startNginx(t, { ports, proxy, service, nginx: limits, marker });
  const ca = await readFile(proxy.certificate);
  const send = (path: string, { body, ...rest }: Given = {}) => sendRequest({ port, ca, path, ...rest }, body);
  return { workers, marker, send };
}

const problem = (name: string, title: string, status: number, detail: string) =>
  JSON.stringify({ type: `urn:intent-fleet:problem:${name}`, title, status, detail });

test('each client has its own limit, by the address that the load balancer appended', async (t) => {
  const { send } = await start(t);
  const from = (address: string) => send('/', { headers: { 'x-forwarded-for': `198.51.100.99, ${address}` } });
  const answers = await Promise.all(Array.from({ length: 7 }, () => from('203.0.113.1')));
  const [refused, ...others] = answers.sort((one, other) => Number(other.status) - Number(one.status)) as [
    Answer,
    ...Answer[],
  ];
  t.deepEqual(
    others.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200],
  );
  t.is(refused.status, 429);
  t.is(refused.headers['content-type'], 'application/problem+json');
  t.is(refused.headers['retry-after'], '1');
  t.is(refused.headers['ratelimit-policy'], '"machine";q=1;w=1');
  t.is(refused.headers.ratelimit, '"machine";r=0;t=1');
  const detail = 'A client may make 1 requests in 1 s; Retry-After says when to try again.';
  t.is(refused.body, problem('too-many-requests', 'The rate limit is exceeded', 429, detail));
  t.is((await from('203.0.113.2')).status, 200);
});

test('the workers answer health checks for any host name, without a limit', async (t) => {
  const { workers, send } = await start(t);
  for (let count = 0; count < 20; count++) {
    const { status } = await send('/health', { headers: { host: `10.20.0.${count}` } });
    t.is(status, 200);
  }
  t.is(workers[0].seen.length + workers[1].seen.length, 20);
});

test('the machine is healthy only while the marker of its release exists; other requests do not depend on it', async (t) => {
  const { workers, marker, send } = await start(t);
  await rm(marker);
  const { status, headers, body } = await send('/health');
  const detail = 'The machine has not verified its release yet.';
  t.deepEqual(
    { status, type: headers['content-type'], retryAfter: headers['retry-after'], body },
    {
      status: 503,
      type: 'application/problem+json',
      retryAfter: '1',
      body: problem('not-ready', 'The service is not ready', 503, detail),
    },
  );
  t.regex(headers['x-request-id'] as string, /^[0-9a-f]{32}$/);
  t.is(workers[0].seen.length + workers[1].seen.length, 0);
  t.is((await send('/ready')).body, 'one');
  await writeFile(marker, '');
  t.deepEqual(await send('/health').then((answer) => [answer.status, answer.body]), [200, 'two']);
});

test('a client on the machine learns which worker has answered, also after a retry', async (t) => {
  const { workers, send } = await start(t);
  const [one, two] = workers.map(({ port }) => `127.0.0.1:${port}`);
  t.deepEqual([(await send('/ready')).headers['x-worker'], (await send('/ready')).headers['x-worker']], [one, two]);
  workers[0].stop();
  t.is((await send('/ready')).headers['x-worker'], `${one}, ${two}`);
  t.is((await send('/health')).headers['x-worker'], undefined);
});

test('every answer but that of the health check names machine and release, also one of nginx itself', async (t) => {
  const { workers, send } = await start(t);
  const identity = ({ headers }: Answer) => [headers['x-served-by'], headers['x-release']];
  t.deepEqual(identity(await send('/ready')), ['i-1', '0123456789abcdef']);
  for (const worker of workers) worker.stop();
  t.deepEqual(identity(await send('/ready')), ['i-1', '0123456789abcdef']);
});

test('a worker gets the client, the proxies and the request id', async (t) => {
  const { workers, send } = await start(t);
  const headers = { 'x-forwarded-for': '203.0.113.7', 'x-request-id': 'forged', host: 'intents.example.com' };
  await send('/predict?top=2', { headers });
  await send('/predict');
  const [first, second] = [...workers[0].seen, ...workers[1].seen];
  t.is(first?.['x-forwarded-for'], '203.0.113.7, 127.0.0.1');
  t.regex(first?.['x-request-id'] as string, /^[0-9a-f]{32}$/);
  t.is(first?.host, 'intents.example.com');
  t.is(first?.['x-forwarded-proto'], 'https');
  t.is(second?.['x-forwarded-for'], '127.0.0.1');
});

test('connections to the workers are kept alive', async (t) => {
  const { workers, send } = await start(t);
  for (let count = 0; count < 12; count++) await send('/health');
  t.is(workers[0].connections() + workers[1].connections(), 2);
});

test('when a worker stops the other one answers, also to POST', async (t) => {
  const { workers, send } = await start(t);
  for (let count = 0; count < 4; count++) await send('/health');
  workers[0].stop();
  for (let count = 0; count < 6; count++) {
    const { status, body } = await send('/health', { method: 'POST', body: '{}' });
    t.deepEqual([status, body], [200, 'two']);
  }
});

const noWorker = problem('not-ready', 'The service is not ready', 503, 'No worker answered; try again in a moment.');

test('without a worker the machine is not healthy', async (t) => {
  const { workers, send } = await start(t);
  for (const worker of workers) worker.stop();
  const { status, headers, body } = await send('/health');
  t.deepEqual([status, headers['retry-after'], body], [503, '1', noWorker]);
});

test('a worker with a foreign certificate is not trusted', async (t) => {
  const { workers, send } = await start(t, 'foreign');
  const { status, body } = await send('/health');
  t.deepEqual([status, body], [503, noWorker]);
  t.is(workers[0].seen.length + workers[1].seen.length, 0);
});

test('a body over the limit is a problem detail, one of exactly the limit is not', async (t) => {
  const { send } = await start(t);
  const post = (length: number) => send('/', { method: 'POST', body: 'a'.repeat(length) });
  t.is((await post(1024)).status, 200);
  const { status, body } = await post(1025);
  t.is(status, 413);
  t.is(body, problem('body-too-large', 'The body is too large', 413, 'A body may have 1 KiB.'));
});

test('a head over the limit is a problem detail, by its path or by its headers', async (t) => {
  const { send } = await start(t);
  const detail = 'The path and each header may have 8 KiB, all together 32 KiB.';
  const expected = problem('headers-too-large', 'The request head is too large', 431, detail);
  const byPath = await send(`/${'a'.repeat(9000)}`);
  t.deepEqual([byPath.status, byPath.body], [431, expected]);
  const byHeader = await send('/', { headers: { 'x-large': 'a'.repeat(9000) } });
  t.deepEqual([byHeader.status, byHeader.body], [431, expected]);
});

test('the paths of the problem details cannot be requested', async (t) => {
  const { send } = await start(t);
  t.is((await send('/.headers-too-large')).status, 404);
});
