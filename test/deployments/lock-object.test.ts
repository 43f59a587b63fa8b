import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { LockObject } from '../../deployments/lock-object.ts';
import { withStageLock } from '../../deployments/stage-lock.ts';
import { listen } from '../support/servers.ts';
import { assertOneAtATime, holderWith } from './holders.ts';

interface StoredObject {
  body: string;
  etag: string;
  modified: Date;
}

/** An S3 that obeys the conditions of requests, for one object at a time. */
async function s3(t: ExecutionContext) {
  const store: { object: StoredObject | undefined; puts: number } = { object: undefined, puts: 0 };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { object } = store;
    const fail = (status: number, code: string) =>
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    if (request.url?.split('?')[0] !== '/ours/stack.lock.json') return fail(404, 'NoSuchBucket');
    if (request.method === 'PUT') {
      const own = request.headers['if-match'];
      if ((request.headers['if-none-match'] === '*' && object) || (own && own !== object?.etag))
        return fail(412, 'PreconditionFailed');
      store.object = { body, etag: `"${++store.puts}"`, modified: new Date() };
      return response.end();
    }
    if (!object) return fail(404, 'NoSuchKey');
    if (request.method === 'GET') {
      return response
        .writeHead(200, { etag: object.etag, 'last-modified': object.modified.toUTCString() })
        .end(object.body);
    }
    const expected = request.headers['if-match'];
    if (expected && expected !== object.etag) return fail(412, 'PreconditionFailed');
    store.object = undefined;
    return response.writeHead(204).end();
  });
  const { env } = process;
  process.env = {
    ...env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${await listen(t, server)}`,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REQUEST_CHECKSUM_CALCULATION: 'WHEN_REQUIRED',
  };
  t.teardown(() => {
    process.env = env;
  });
  const lockObject = (times = {}) =>
    new LockObject({ bucket: 'ours', region: 'eu-central-1', key: 'stack.lock.json', ...times });
  const lines: string[] = [];
  const hold = <T>(work: () => Promise<T>, times = {}) =>
    withStageLock([lockObject(times)], 'make plan', (line) => lines.push(line), work);
  return { store, lines, hold };
}

test.serial(
  'the object names its holder while the work is done, is renewed meanwhile, and is gone afterwards',
  async (t) => {
    const { store, hold } = await s3(t);
    const result = await hold(
      async () => {
        t.like(JSON.parse(store.object?.body ?? ''), { command: 'make plan', host: hostname() });
        while (store.puts < 3) await delay(5);
        return 'done';
      },
      { renewMilliseconds: 20 },
    );
    t.is(result, 'done');
    t.is(store.object, undefined);
    const { puts } = store;
    await delay(60);
    t.is(store.puts, puts);
  },
);

test.serial('several commands hold it one after another', async (t) => {
  const { hold } = await s3(t);
  await assertOneAtATime(t, hold, 2);
});

test.serial('a command waits for one on another host as long as that one renews it', async (t) => {
  const { store, lines, hold } = await s3(t);
  store.object = { body: holderWith({ host: 'elsewhere' }), etag: '"a"', modified: new Date() };
  const working = hold(async () => 'done');
  while (lines.length === 0) await delay(5);
  store.object = undefined;
  t.is(await working, 'done');
  t.is(
    lines[0],
    `Waiting for \`make apply\` of ann on elsewhere (process ${process.pid}, since 2026-01-01T00:00:00.000Z); if it has ended, aws s3 rm s3://ours/stack.lock.json`,
  );
});

test.serial(
  'one that was not renewed, whose process has ended, or that cannot be read counts for nothing',
  async (t) => {
    const { store, lines, hold } = await s3(t);
    const abandoned = [
      { body: holderWith({ host: 'elsewhere' }), modified: new Date(Date.now() - 121_000) },
      { body: holderWith({ host: hostname(), process: { pid: process.pid, startTicks: '0' } }), modified: new Date() },
      { body: '{"comm', modified: new Date() },
    ];
    for (const object of abandoned) {
      store.object = { ...object, etag: '"a"' };
      t.is(await hold(async () => 'done'), 'done');
    }
    t.deepEqual(lines, []);
  },
);

test('a holder that finds the lock of another command neither renews nor removes it', async (t) => {
  const { store, hold } = await s3(t);
  const others = holderWith({ host: 'elsewhere' });
  await hold(
    async () => {
      store.object = { body: others, etag: '"other"', modified: new Date() };
      await delay(100);
    },
    { renewMilliseconds: 20 },
  );
  t.is(store.object?.etag, '"other"');
});
