import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { identify, isAlive } from '../../../common/processes.ts';
import { ask } from '../../../shadow/run/loopback.ts';
import { supervise } from '../../../shadow/run/supervise.ts';
import { freePort } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Answers with its process id; the path of a request can make it die, or hang.
const program = `
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  if (request.url === '/hang') for (;;);
  response.end(String(process.pid));
}).listen(Number(process.env.PORT), '127.0.0.1');
`;

const times = { probeMilliseconds: 20, startMilliseconds: 20_000, hangMilliseconds: 1500, pauseMilliseconds: 50 };

/** Supervises a small program; what happens to it. */
async function supervised(
  t: ExecutionContext,
  { script = program, runtime = process.execPath, startMilliseconds = 20_000 } = {},
) {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'worker.mjs'), script);
  const port = await freePort();
  const events: string[] = [];
  const stop = new AbortController();
  const get = (path: string) => ask({ port, path, timeoutMilliseconds: 500 });
  const ended = supervise({
    command: {
      file: runtime,
      parameters: [join(folder, 'worker.mjs')],
      folder,
      environment: { PORT: String(port) },
    },
    probe: () => get('/ready'),
    signal: stop.signal,
    onUp: () => events.push('up'),
    onDown: (why, detail) => events.push(`${why}: ${detail}`),
    times: { ...times, startMilliseconds },
  });
  t.teardown(() => stop.abort());
  const until = async (count: number) => {
    while (events.length < count) await sleep(10);
  };
  return { events, until, get, stop, ended };
}

test('a worker that dies is started again', async (t) => {
  const { events, until, get } = await supervised(t);
  await until(1);
  const first = await get('/ready');
  await t.throwsAsync(get('/die'));
  await until(3);
  t.deepEqual(events, ['up', 'died: status 3', 'up']);
  t.not(await get('/ready'), first);
});

test('a worker that hangs is killed, and started again', async (t) => {
  const { events, until, get } = await supervised(t);
  await until(1);
  const process = identify(Number(await get('/ready')));
  await t.throwsAsync(get('/hang'), { name: 'TimeoutError' });
  await until(3);
  t.deepEqual(events, ['up', 'hung: no answer for 1.5 s', 'up']);
  t.false(process && isAlive(process));
});

test('a worker that never answers is killed, and started again', async (t) => {
  const { events, until } = await supervised(t, { script: 'setInterval(() => {}, 1000);', startMilliseconds: 300 });
  await until(2);
  t.deepEqual(events, Array(2).fill('hung: no answer within 0.3 s of its start'));
});

test('a worker that ends at once is started again and again', async (t) => {
  const { events, until } = await supervised(t, { script: 'process.exit(78);' });
  await until(2);
  t.deepEqual(events, Array(2).fill('died: status 78'));
});

test('a runtime that does not exist is tried again and again', async (t) => {
  const { events, until } = await supervised(t, { runtime: '/no/node' });
  await until(2);
  t.deepEqual(events, Array(2).fill('died: spawn /no/node ENOENT'));
});

test('the kernel ends the worker first where memory is over, and it ends with its supervision', async (t) => {
  const { until, get, stop, ended } = await supervised(t);
  await until(1);
  const pid = await get('/ready');
  t.is((await readFile(`/proc/${pid}/oom_score_adj`, 'utf8')).trim(), '1000');
  const process = identify(Number(pid));
  stop.abort();
  await ended;
  t.false(process && isAlive(process));
});
