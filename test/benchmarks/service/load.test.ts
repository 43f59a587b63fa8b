import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { generateLoad } from '../../../benchmarks/service/load/generate.ts';
import { ResponseReader } from '../../../benchmarks/service/load/response-reader.ts';

test('an answer is whole when its stated length has come, however it is cut', (t) => {
  const bytes = Buffer.from('HTTP/1.1 429 Too Many Requests\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello');
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const reader = new ResponseReader();
    t.is(reader.read(bytes.subarray(0, cut)), undefined);
    t.deepEqual(reader.read(bytes.subarray(cut)), { status: 429, isLast: true });
  }
});

async function start(t: { teardown(end: () => void): void }, isKeptAlive: boolean) {
  const bodies = new Map<string, number>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.set(body, (bodies.get(body) ?? 0) + 1);
    response.writeHead(body === 'bad' ? 400 : 200, isKeptAlive ? {} : { Connection: 'close' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { bodies, target: { host: '127.0.0.1', port, isTls: false } };
}

for (const isKeptAlive of [true, false]) {
  test(`bodies are sent in turn and statuses counted, ${isKeptAlive ? 'kept alive' : 'a connection each'}`, async (t) => {
    const { bodies, target } = await start(t, isKeptAlive);
    const load = { target, path: '/', bodies: ['good', 'bad'], connections: 2, seconds: 10, requests: 20 };
    const { requests, statuses } = await generateLoad(load);
    t.is(requests, 20);
    t.deepEqual(statuses, { 200: 10, 400: 10 });
    t.deepEqual(Object.fromEntries(bodies), { good: 10, bad: 10 });
  });
}

test('at a rate as many requests are sent as were due', async (t) => {
  const { target } = await start(t, true);
  const result = await generateLoad({ target, path: '/', bodies: ['good'], connections: 4, seconds: 0.5, rate: 100 });
  t.is(result.requests, 50);
  t.true(result.seconds > 0.45);
});

test('what warms up is sent and not counted', async (t) => {
  const { bodies, target } = await start(t, true);
  const load = { target, path: '/', bodies: ['good'], connections: 4, seconds: 0.2, rate: 100, warmUpSeconds: 0.3 };
  t.is((await generateLoad(load)).requests, 20);
  t.is(bodies.get('good'), 50);
});
