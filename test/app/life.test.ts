import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLoad } from './load.ts';
import { ServiceProcess } from './process.ts';
import { predictRequest, statuses } from './raw.ts';
import { ownArtifact, post, secondsOf } from './service.ts';

test('SIGTERM under load fails no request, and the process exits with 0 in time', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), RATE_LIMIT_REQUESTS: '0' });
  const url = await service.url();
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const load = startLoad(Array(8).fill(() => ask(url, agent)));
  // Waits until every client is sending; the time depends on the machine.
  while ((load.outcomes.get('answered') ?? 0) < 100) await sleep(10);
  const before = load.outcomes.get('answered') ?? 0;
  t.true((await secondsOf(service.stop())) < 5);
  await load.stop();
  agent.destroy();
  t.is(await service.end(), 0);
  t.deepEqual([...load.outcomes.keys()], ['answered']);
  t.true((load.outcomes.get('answered') ?? 0) > before, 'requests are answered after the signal');
});

// A refused connection ends a client: a proxy would use another worker. A broken connection is a failed request.
function ask(url: string, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sent = request(`${url}/predict`, { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } });
    sent.on('response', (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200 ? 'answered' : 'failed'));
    });
    sent.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? undefined : 'failed'));
    sent.end('{"text":"hello there"}');
  });
}

test('a draining service is not ready, closes connections and answers requests in flight', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t) });
  const port = Number(new URL(await service.url()).port);
  const hello = predictRequest('{"text":"hello"}');
  const [socket, probe] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  const answers = Promise.all([text(socket), text(probe)]);
  await new Promise((resolve) => socket.write(hello.subarray(0, hello.length - 4), resolve));
  await sleep(100);
  service.child.kill('SIGTERM');
  await sleep(200);
  probe.write('GET /ready HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.write(hello.subarray(hello.length - 4));
  t.is(await service.end(), 0);
  const [answer, ready] = await answers;
  t.deepEqual([statuses(answer), statuses(ready)], [[200], [503]]);
  t.regex(ready, /\r\nConnection: close\r\n/);
  t.regex(ready, /"type":"urn:intent-fleet:problem:not-ready"/);
});

/** Sends the first half of a request. */
async function halfSend(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  await new Promise((resolve) => socket.write('POST /predict HTTP/1.1\r\n', resolve));
  return socket;
}

test('a request that does not end in time is cut off, and the status is 0', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), DRAIN_SECONDS: '1' });
  const socket = await halfSend(await service.url());
  const cut = once(socket, 'close');
  await sleep(100);
  const seconds = await secondsOf(Promise.all([service.stop(), cut]));
  t.is(await service.end(), 0);
  t.true(seconds > 0.9 && seconds < 3, `${seconds} s`);
});

test('invalid settings end the process with 78 and a message', async (t) => {
  const service = new ServiceProcess(t, { PORT: 'high' });
  const message =
    'PORT: expected a whole number from 0 to 65535, got "high"; change it or unset it to use the default\n';
  t.deepEqual([await service.end(), service.errors], [78, message]);
});

test('a missing artifact or a port in use ends the process with 1 and a log line', async (t) => {
  const port = String(await listen(t, createServer()));
  const causes: [environment: Record<string, string>, message: RegExp][] = [
    [{ ARTIFACT: join(await temporaryFolder(t), 'nothing') }, /nothing\/SHA256SUMS: cannot be read/],
    [{ ARTIFACT: await ownArtifact(t), PORT: port }, /^Cannot listen on 127\.0\.0\.1 port \d+: .*EADDRINUSE/],
  ];
  for (const [environment, message] of causes) {
    const service = new ServiceProcess(t, environment);
    t.is(await service.end(), 1);
    const [line] = service.lines as unknown as [{ level: string; err: Error }];
    t.is(line.level, 'fatal');
    t.regex(line.err.message, message);
  }
});

test('the process serves and exits when the reader of its log is gone', async (t) => {
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t) });
  const url = await service.url();
  service.child.stdout?.destroy();
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
  await sleep(1500);
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
  t.is(await service.stop(), 0);
});

// Starts a service whose log nobody reads.
async function startUnread(t: ExecutionContext): Promise<[ServiceProcess, url: string]> {
  const settings = { LOG_TEXT: 'yes', LOG_REQUESTS_PER_SECOND: '1000000', RATE_LIMIT_REQUESTS: '0' };
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), DRAIN_SECONDS: '30', ...settings });
  const url = await service.url();
  service.stopReading();
  return [service, url];
}

// Writes 1.5 MB of log: the pipe buffers 64 KiB, the service 1 MiB.
async function fillLog(url: string): Promise<void> {
  const texts = Array.from({ length: 64 }, () => 'word '.repeat(399));
  for (let batch = 0; batch < 12; batch += 1) await (await post(`${url}/predict/batch`, { texts })).arrayBuffer();
}

test('the process exits when its log is full and nobody reads it', async (t) => {
  const [service, url] = await startUnread(t);
  await fillLog(url);
  service.child.kill('SIGTERM');
  const exited = once(service.child, 'exit', { signal: AbortSignal.timeout(10_000) });
  t.deepEqual(await exited, [0, null]);
});

test('a second signal ends the process at once, without the reader of the log', async (t) => {
  const [service, url] = await startUnread(t);
  await fillLog(url);
  await halfSend(url);
  service.child.kill('SIGTERM');
  await sleep(300);
  service.child.kill('SIGINT');
  const exited = once(service.child, 'exit', { signal: AbortSignal.timeout(10_000) });
  t.true((await secondsOf(exited)) < 1);
  t.deepEqual(await exited, [130, null]);
});
