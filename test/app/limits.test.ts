import { connect, type Socket } from 'node:net';
import test from 'ava';
import type { Request, Response } from 'express';
import { ClientCounter } from '../../app/limits/client-counter.ts';
import { RequestQueue } from '../../app/limits/request-queue.ts';
import { hasAnswers, predictRequest, sendRaw, statuses } from './raw.ts';
import { post, startTestService } from './service.ts';

test('a client over its limit gets 429 with the time to retry', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '2', RATE_LIMIT_WINDOW_SECONDS: '50' });
  const ask = () => post(`${url}/predict`, { text: 'hi' });
  const first = await ask();
  t.is(first.headers.get('ratelimit-policy'), '"requests"; q=2; w=50');
  t.is(first.headers.get('ratelimit'), '"requests"; r=1; t=50');
  t.regex((await ask()).headers.get('ratelimit') ?? '', /^"requests"; r=0; t=(50|49)$/);
  const refused = await ask();
  const seconds = Number(refused.headers.get('retry-after'));
  t.is(refused.status, 429);
  t.true(seconds > 40 && seconds <= 50);
  t.deepEqual(await refused.json(), {
    type: 'urn:intent-fleet:problem:too-many-requests',
    title: 'The rate limit is exceeded',
    status: 429,
    detail: `A client may make 2 requests in 50 s; try again in ${seconds} s.`,
  });
});

test('probes have no rate limit', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '1' });
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}/health`)));
  t.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('ratelimit')]),
    Array(5).fill([200, null]),
  );
});

test('the client address is from trusted proxies alone', async (t) => {
  const ask = async (url: string, forwarded: string) => {
    return (await post(`${url}/predict`, { text: 'hi' }, { 'X-Forwarded-For': forwarded })).status;
  };
  const direct = await startTestService(t, { RATE_LIMIT_REQUESTS: '1' });
  t.deepEqual([await ask(direct.url, '203.0.113.1'), await ask(direct.url, '203.0.113.2')], [200, 429]);
  const proxied = await startTestService(t, { RATE_LIMIT_REQUESTS: '1', TRUST_PROXY: '1' });
  t.deepEqual([await ask(proxied.url, '203.0.113.1'), await ask(proxied.url, '203.0.113.2')], [200, 200]);
  // The client's own value stands before the proxy's.
  t.is(await ask(proxied.url, '198.51.100.7, 203.0.113.1'), 429);
});

test('an IPv6 client is its /64 network, an IPv4 client its address', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '1', TRUST_PROXY: '1' });
  const ask = async (ip: string) => (await post(`${url}/predict`, { text: 'hi' }, { 'X-Forwarded-For': ip })).status;
  t.is(await ask('2001:db8:1:2::1'), 200);
  t.is(await ask('2001:db8:1:2:ffff::9'), 429);
  t.is(await ask('2001:db8:1:3::1'), 200);
  t.is(await ask('::ffff:203.0.113.1'), 200);
  t.is(await ask('::ffff:203.0.113.2'), 200);
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
  const refused = sockets.join('');
  t.regex(refused, /HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 1\r\n/);
  t.regex(
    refused,
    /"type":"urn:intent-fleet:problem:overloaded","title":"Too many requests are waiting","status":503,"detail":"2 requests are waiting already; try again in a second\."/,
  );
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
});

test('closes connections over the limit and keeps the others', async (t) => {
  const { port, url } = await startTestService(t, { CONNECTION_LIMIT: '2' });
  const open = () =>
    new Promise<Socket>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', () => {});
    });
  const kept = [await open(), await open()];
  const third = await open();
  await new Promise((resolve) => third.once('close', resolve));
  t.deepEqual(
    kept.map(({ destroyed }) => destroyed),
    [false, false],
  );
  for (const socket of kept) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.is((await fetch(`${url}/health`)).status, 200);
});

test('closes an idle connection', async (t) => {
  const { port } = await startTestService(t, { IDLE_TIMEOUT_SECONDS: '1' });
  const start = performance.now();
  const text = await sendRaw(port, [predictRequest('{"text":"hi"}')]);
  t.deepEqual(statuses(text), [200]);
  t.true(performance.now() - start < 5000);
});
