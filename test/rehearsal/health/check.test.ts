import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { checkHealth, matchesCode } from '../../../rehearsal/health/check.ts';
import { certificateFor } from '../certificates.ts';
import { healthCheck } from '../fleet.ts';

const check = { ...healthCheck, protocol: 'HTTP' } as const;

async function listen(t: ExecutionContext, server: Pick<Server, 'listen' | 'address' | 'close'>): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const answering =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end();

test('a status code passes if it is one of the codes and ranges', (t) => {
  const passing = (codes: string) => [199, 200, 204, 299, 301, 302].filter((code) => matchesCode(codes, code));
  t.deepEqual(passing('200'), [200]);
  t.deepEqual(passing('200-299'), [200, 204, 299]);
  t.deepEqual(passing('200,301'), [200, 301]);
  t.deepEqual(passing('200-204, 301-302'), [200, 204, 301, 302]);
  t.deepEqual(passing(''), []);
});

test('requests the path as an Application Load Balancer does', async (t) => {
  let received: unknown;
  const port = await listen(
    t,
    createServer((request, response) => {
      received = [request.method, request.url, request.headers['user-agent']];
      response.end();
    }),
  );
  t.deepEqual(await checkHealth({ ...check, port }, '127.0.0.1'), { passed: true });
  t.deepEqual(received, ['GET', '/health', 'ELB-HealthChecker/2.0']);
});

test('another status code is the reason of a failure', async (t) => {
  const port = await listen(t, createServer(answering(503)));
  t.deepEqual(await checkHealth({ ...check, port }, '127.0.0.1'), {
    passed: false,
    reason: 'Health checks failed with these codes: [503]',
  });
});

test('any certificate is accepted', async (t) => {
  const certificate = await certificateFor(t, 'some-machine');
  const port = await listen(t, createSecureServer(certificate, answering(200)));
  t.deepEqual(await checkHealth({ ...check, port, protocol: 'HTTPS' }, '127.0.0.1'), { passed: true });
});

test('HTTPS fails on a server of HTTP', async (t) => {
  const port = await listen(t, createServer(answering(200)));
  const answer = await checkHealth({ ...check, port, protocol: 'HTTPS' }, '127.0.0.1');
  t.false(answer.passed);
});

test('a refused connection is the reason of a failure', async (t) => {
  const server = createServer();
  const port = await listen(t, server);
  server.close();
  await once(server, 'close');
  t.deepEqual(await checkHealth({ ...check, port }, '127.0.0.1'), {
    passed: false,
    reason: `connect ECONNREFUSED 127.0.0.1:${port}`,
  });
});

test('a time-out is the reason of a failure', async (t) => {
  const port = await listen(
    t,
    createServer(() => undefined),
  );
  const answer = await checkHealth({ ...check, port, timeoutSeconds: 0.05 }, '127.0.0.1');
  t.deepEqual(answer, { passed: false, reason: 'Request timed out' });
});

test('a closed connection is the reason of a failure', async (t) => {
  const port = await listen(t, createSocketServer((socket) => socket.destroy()) as unknown as Server);
  t.deepEqual(await checkHealth({ ...check, port }, '127.0.0.1'), { passed: false, reason: 'socket hang up' });
});
