import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { parseExposition, valuesOf } from '../../support/exposition.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ServiceProcess } from '../process.ts';
import { getJson, metricsOf, ownArtifact, post, secondsOf, startTestService } from '../service.ts';

interface Shadow {
  lines: () => Record<string, unknown>[];
  sockets: Socket[];
  close: () => void;
}

/** Listens as the shadow does; `read: false` takes connections and never reads. */
async function listenAsShadow(t: ExecutionContext, socket: string, { read = true } = {}): Promise<Shadow> {
  const sockets: Socket[] = [];
  let received = '';
  const server = createServer({ pauseOnConnect: !read }, (connection) => {
    sockets.push(connection);
    if (read) connection.on('data', (chunk) => (received += chunk));
    connection.on('error', () => {});
  });
  await once(server.listen(socket), 'listening');
  const close = () => {
    server.close();
    for (const connection of sockets) connection.destroy();
  };
  t.teardown(close);
  return {
    sockets,
    close,
    lines: () =>
      received
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

async function start(t: ExecutionContext, environment: Record<string, string> = {}) {
  const socket = join(await temporaryFolder(t), 'copies.sock');
  const given = { SHADOW_SOCKET: socket, METRICS_PORT: '0', RATE_LIMIT_REQUESTS: '0', ...environment };
  const startService = () => startTestService(t, given);
  return { socket, startService };
}

async function counted({ service }: Awaited<ReturnType<typeof startTestService>>): Promise<Record<string, number>> {
  return valuesOf(parseExposition(await metricsOf(service)), 'intent_shadow_copies_total');
}

const sent = 'intent_shadow_copies_total{outcome="sent"}';
const dropped = 'intent_shadow_copies_total{outcome="dropped"}';

test('each text that was answered is copied with its answer, whichever way it was asked', async (t) => {
  const { socket, startService } = await start(t);
  const shadow = await listenAsShadow(t, socket);
  const running = await startService();
  const { url } = running;
  await until(() => shadow.sockets.length === 1);
  await sleep(50);
  const one = (await (await post(`${url}/predict`, { text: 'Great service!' })).json()) as Record<string, unknown>;
  await post(`${url}/predict`, { text: '' });
  await post(`${url}/predict/batch`, { texts: ['hello there', 7, 'Zeilen\n"und" 😀'] });
  const inputs = [{ name: 'text', datatype: 'BYTES', shape: [1], data: ['where is it?'] }];
  await post(`${url}/v2/models/intent/infer`, { inputs });
  await until(() => shadow.lines().length >= 4);
  const copies = shadow.lines();
  t.deepEqual(
    copies.map(({ text }) => text),
    ['Great service!', 'hello there', 'Zeilen\n"und" 😀', 'where is it?'],
  );
  const { seconds, ...first } = copies[0] ?? {};
  t.deepEqual(first, { text: 'Great service!', intent: one.intent, confidence: one.confidence });
  t.true(typeof seconds === 'number' && seconds > 0 && seconds < 1);
  t.deepEqual(await counted(running), { [sent]: 4, [dropped]: 0 });
});

test('without a shadow nothing is copied, and one that comes or comes again gets copies', async (t) => {
  const { socket, startService } = await start(t);
  const running = await startService();
  const ask = async (text: string) => (await post(`${running.url}/predict`, { text })).status;
  t.is(await ask('before'), 200);
  for (const turn of ['first', 'second']) {
    const shadow = await listenAsShadow(t, socket);
    await until(() => shadow.sockets.length === 1);
    await sleep(50);
    t.is(await ask(turn), 200);
    await until(() => shadow.lines().length === 1);
    t.is(shadow.lines()[0]?.text, turn);
    shadow.close();
    t.is(await ask('between'), 200);
  }
  await sleep(50);
  const { [sent]: copies = 0 } = await counted(running);
  // The service may not have seen yet that the shadow went.
  t.true(copies >= 2 && copies <= 4, `${copies}`);
});

test('a shadow that never reads costs a bounded memory, and no request', async (t) => {
  const { socket, startService } = await start(t);
  const shadow = await listenAsShadow(t, socket, { read: false });
  const running = await startService();
  await until(() => shadow.sockets.length === 1);
  await sleep(50);
  const texts = Array(64).fill('long '.repeat(400).trim());
  const statuses = new Set<number>();
  for (let turn = 0; turn < 30; turn += 1) {
    statuses.add((await post(`${running.url}/predict/batch`, { texts })).status);
    await sleep(25);
  }
  t.deepEqual([...statuses], [200]);
  const counts = await counted(running);
  t.is((counts[sent] ?? 0) + (counts[dropped] ?? 0), 30 * 64);
  // 256 KiB wait, what was added before the last of them, and what the kernel holds.
  t.true((counts[sent] ?? 0) * 2000 < 2 * 1024 * 1024, `${counts[sent]}`);
});

test('the setting says how many texts are copied', async (t) => {
  const { socket, startService } = await start(t, { SHADOW_PERCENT: '25' });
  const shadow = await listenAsShadow(t, socket);
  const running = await startService();
  await until(() => shadow.sockets.length === 1);
  await sleep(50);
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
  for (let turn = 0; turn < 25; turn += 1) await post(`${running.url}/predict/batch`, { texts });
  await sleep(50);
  const { [sent]: copies = 0, [dropped]: lost } = await counted(running);
  t.is(lost, 0);
  // Of a thousand texts; five standard deviations to each side.
  t.true(copies > 180 && copies < 320, `${copies}`);
});

test('SIGTERM ends a service as soon with a shadow that hangs as without one', async (t) => {
  const socket = join(await temporaryFolder(t), 'copies.sock');
  const shadow = await listenAsShadow(t, socket, { read: false });
  const service = new ServiceProcess(t, { ARTIFACT: await ownArtifact(t), SHADOW_SOCKET: socket });
  const url = await service.url();
  await until(() => shadow.sockets.length === 1);
  await post(`${url}/predict`, { text: 'hello there' }, { Connection: 'close' });
  t.is((await getJson<{ status: string }>(`${url}/ready`)).status, 'ready');
  const seconds = await secondsOf(service.stop());
  t.is(await service.end(), 0);
  t.true(seconds < 3, `${seconds} s`);
});
