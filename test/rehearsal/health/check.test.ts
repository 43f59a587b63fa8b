import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import test, { type ExecutionContext } from 'ava';
import { checkHealth, type Failure, type HealthCheck, matchesCode } from '../../../rehearsal/health/check.ts';
import { certificateFor } from '../../support/certificates.ts';
import { listen } from '../../support/servers.ts';
import { healthCheck } from '../fleet.ts';

/** The result of a health check of a server, by HTTP unless changed. */
async function checkOf(t: ExecutionContext, server: Server, changes: Partial<HealthCheck> = {}) {
  const port = await listen(t, server);
  return checkHealth({ ...healthCheck, protocol: 'HTTP', port: undefined, ...changes }, { address: '127.0.0.1', port });
}

const answering = (code: number) => createServer((_, response) => response.writeHead(code).end());

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
  const server = createServer((request, response) => {
    received = [request.method, request.url, request.headers['user-agent']];
    response.end();
  });
  t.deepEqual(await checkOf(t, server), { passed: true });
  t.deepEqual(received, ['GET', '/health', 'ELB-HealthChecker/2.0']);
});

test('any certificate is accepted', async (t) => {
  const certificate = await certificateFor(t, 'some-machine');
  const server = createSecureServer(certificate, (_, response) => response.end());
  t.deepEqual(await checkOf(t, server, { protocol: 'HTTPS' }), { passed: true });
});

test('HTTPS fails on a server of HTTP', async (t) => {
  const { passed } = await checkOf(t, answering(200), { protocol: 'HTTPS' });
  t.false(passed);
});

const failures: [failure: Failure, reason: string, server: Server, changes?: Partial<HealthCheck>][] = [
  ['Target.ResponseCodeMismatch', 'Health checks failed with these codes: [503]', answering(503)],
  ['Target.Timeout', 'Request timed out', createServer(() => undefined), { timeoutSeconds: 0.05 }],
  ['Target.FailedHealthChecks', 'socket hang up', createServer(({ socket }) => socket.destroy())],
  ['Target.FailedHealthChecks', 'connect ECONNREFUSED 127.0.0.1:1', answering(200), { port: 1 }],
];

for (const [failure, reason, server, changes] of failures) {
  test(`the reason of a failure: ${reason}`, async (t) => {
    t.deepEqual(await checkOf(t, server, changes), { passed: false, failure, reason });
  });
}
