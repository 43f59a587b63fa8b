import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import type { Request, Response } from 'express';
import pRetry from 'p-retry';
import { ClientCounter } from '../../app/limits/client-counter.ts';
import { RequestQueue } from '../../app/limits/request-queue.ts';
import { hasAnswers, predictRequest, sendRaw, statuses } from './raw.ts';
import { post, problemOf, secondsOf, startTestService } from './service.ts';

test('a client over its limit gets 429 with the time to retry', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '2', RATE_LIMIT_WINDOW_SECONDS: '50' });
  const ask = () => post(`${url}/predict`, { text: 'hi' });
  const first = await ask();
  t.is(first.headers.get('ratelimit-policy'), '"requests"; q=2; w=50');
  t.is(first.headers.get('ratelimit'), '"requests"; r=1; t=50');
  t.regex((await ask()).headers.get('ratelimit') ?? '', /^"requests"; r=0; t=(50|49)$/);
  const refused = await ask();
  const seconds = Number(refused.headers.get('retry-after'));
  const detail = `A client may make 2 requests in 50 s; try again in ${seconds} s.`;
  t.is(refused.status, 429);
  t.true(seconds > 40 && seconds <= 50);
  t.deepEqual(await refused.json(), problemOf('too-many-requests', 429, 'The rate limit is exceeded', detail));
});

test('probes have no rate limit', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '1' });
  for (let request = 0; request < 3; request += 1) {
    const { status, headers } = await fetch(`${url}/health`);
    t.deepEqual([status, headers.get('ratelimit')], [200, null]);
  }
});

/** Returns the statuses of requests that a proxy forwards from `addresses`; a client may make one. */
async function forward(t: ExecutionContext, addresses: string[], environment: Record<string, string>) {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '1', ...environment });
  const answers = [];
  for (const address of addresses) {
    answers.push((await post(`${url}/predict`, { text: 'hi' }, { 'X-Forwarded-For': address })).status);
  }
  return answers;
}

test('the client address is from trusted proxies alone', async (t) => {
  // The last client sends a value of its own, which stands before the proxy's.
  const addresses = ['203.0.113.1', '203.0.113.2', '198.51.100.7, 203.0.113.1'];
  t.deepEqual(await forward(t, addresses, {}), [200, 429, 429]);
  t.deepEqual(await forward(t, addresses, { TRUST_PROXY: '1' }), [200, 200, 429]);
});

test('an IPv6 client is its /64 network, an IPv4 client its address', async (t) => {
  const version6 = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'];
  t.deepEqual(await forward(t, version6, { TRUST_PROXY: '1' }), [200, 429, 200]);
  t.deepEqual(await forward(t, ['::ffff:203.0.113.1', '::ffff:203.0.113.2'], { TRUST_PROXY: '1' }), [200, 200]);
});

test('counts begin again when the window ends', (t) => {
  let now = 1000;
  const counter = new ClientCounter(100, () => now);
  t.deepEqual({ ...counter.count('a') }, { used: 1, endsAt: 1100 });
  now = 1099;
  t.deepEqual({ ...counter.count('a') }, { used: 2, endsAt: 1100 });
  t.deepEqual({ ...counter.count('b') }, { used: 1, endsAt: 1199 });
  now = 1100;
  t.deepEqual({ ...counter.count('a') }, { used: 1, endsAt: 1200 });
  t.deepEqual({ ...counter.count('b') }, { used: 2, endsAt: 1199 });
});

test('the queue answers in order and refuses one request beyond its limit', async (t) => {
  const answered: string[] = [];
  const queue = new RequestQueue(3, () => answered.push('refused'));
  const enter = (name: string, destroyed = false) =>
    queue.enter({ socket: { destroyed } } as Request, {} as Response, () => answered.push(name));
  enter('first');
  enter('disconnected', true);
  enter('third');
  t.throws(() => enter('fourth'), { message: '3 requests are waiting already; try again in a second.' });
  await new Promise(setImmediate);
  t.deepEqual(answered, ['refused', 'first', 'third']);
});

test('refuses requests over the queue limit and answers the others', async (t) => {
  const { port, url } = await startTestService(t, { WAITING_LIMIT: '2' });
  const burst = Buffer.concat(Array(5).fill(predictRequest('{"text":"hi"}')));
  const sockets = await Promise.all(Array.from({ length: 20 }, () => sendRaw(port, [burst], hasAnswers(5))));
  const all = sockets.flatMap(statuses);
  t.is(all.length, 100);
  t.deepEqual([...new Set(all)].sort(), [200, 503]);
  const detail = '2 requests are waiting already; try again in a second.';
  const problem = problemOf('overloaded', 503, 'Too many requests are waiting', detail);
  t.regex(sockets.join(''), /HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 1\r\n/);
  t.true(sockets.join('').includes(JSON.stringify(problem)));
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
});

test('closes connections over the limit and keeps the others', async (t) => {
  const { port, url } = await startTestService(t, { CONNECTION_LIMIT: '2' });
  const [first, second, third] = [1, 2, 3].map(() => connect(port, '127.0.0.1')) as [Socket, Socket, Socket];
  await once(
    third.on('error', () => {}),
    'close',
  );
  t.deepEqual([first.destroyed, second.destroyed], [false, false]);
  first.destroy();
  second.destroy();
  // The service notices a moment later that they are gone.
  const { status } = await pRetry(() => fetch(`${url}/health`), { retries: 100, minTimeout: 50, factor: 1 });
  t.is(status, 200);
});

test('closes an idle connection', async (t) => {
  const { port } = await startTestService(t, { IDLE_TIMEOUT_SECONDS: '1' });
  const answer = sendRaw(port, [predictRequest('{"text":"hi"}')]);
  t.true((await secondsOf(answer)) < 5);
  t.deepEqual(statuses(await answer), [200]);
});
