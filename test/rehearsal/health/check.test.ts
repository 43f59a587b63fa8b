import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { ask, type HealthCheck, matches } from '../../../rehearsal/health/check.ts';
import { certificateFor } from '../certificates.ts';

const check: HealthCheck = {
  protocol: 'HTTP',
  port: 0,
  path: '/health',
  codes: '200',
  intervalSeconds: 5,
  timeoutSeconds: 2,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};

async function listen(t: ExecutionContext, server: Pick<Server, 'listen' | 'address' | 'close'>): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.teardown(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const answering =
  (code: number): RequestListener =>
  (_, response) =>
    response.writeHead(code).end();

test('a code passes where it is among those that are expected', (t) => {
  const passing = (codes: string) => [199, 200, 204, 299, 301, 302].filter((code) => matches(codes, code));
  t.deepEqual(passing('200'), [200]);
  t.deepEqual(passing('200-299'), [200, 204, 299]);
  t.deepEqual(passing('200,301'), [200, 301]);
  t.deepEqual(passing('200-204, 301-302'), [200, 204, 301, 302]);
  t.deepEqual(passing(''), []);
});

test('asks for the path, as a balancer does', async (t) => {
  let asked: unknown;
  const port = await listen(
    t,
    createServer((request, response) => {
      asked = [request.method, request.url, request.headers['user-agent']];
      response.end();
    }),
  );
  t.deepEqual(await ask({ ...check, port }, '127.0.0.1'), { passed: true });
  t.deepEqual(asked, ['GET', '/health', 'ELB-HealthChecker/2.0']);
});

test('another code is the reason', async (t) => {
  const port = await listen(t, createServer(answering(503)));
  t.deepEqual(await ask({ ...check, port }, '127.0.0.1'), {
    passed: false,
    reason: 'Health checks failed with these codes: [503]',
  });
});

test('over TLS it takes any certificate', async (t) => {
  const certificate = await certificateFor(t, 'some-machine');
  const port = await listen(t, createSecureServer(certificate, answering(200)));
  t.deepEqual(await ask({ ...check, port, protocol: 'HTTPS' }, '127.0.0.1'), { passed: true });
});

test('TLS asked of plain HTTP fails', async (t) => {
  const port = await listen(t, createServer(answering(200)));
  const answer = await ask({ ...check, port, protocol: 'HTTPS' }, '127.0.0.1');
  t.false(answer.passed);
});

test('nobody listens', async (t) => {
  const server = createServer();
  const port = await listen(t, server);
  server.close();
  await once(server, 'close');
  t.deepEqual(await ask({ ...check, port }, '127.0.0.1'), {
    passed: false,
    reason: `connect ECONNREFUSED 127.0.0.1:${port}`,
  });
});

test('nobody answers in time', async (t) => {
  const port = await listen(
    t,
    createServer(() => undefined),
  );
  const answer = await ask({ ...check, port, timeoutSeconds: 0.05 }, '127.0.0.1');
  t.deepEqual(answer, { passed: false, reason: 'Request timed out' });
});

test('a connection that breaks off', async (t) => {
  const port = await listen(t, createSocketServer((socket) => socket.destroy()) as unknown as Server);
  t.deepEqual(await ask({ ...check, port }, '127.0.0.1'), { passed: false, reason: 'socket hang up' });
});
