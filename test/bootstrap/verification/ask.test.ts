import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import anyTest, { type ExecutionContext } from 'ava';
import { localMachine } from '../../../bootstrap/machine/local.ts';
import { askExamples } from '../../../bootstrap/verification/ask.ts';
import { planRequests } from '../../../bootstrap/verification/requests.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { testMachine } from '../machine.ts';
import { nginxBinary, startNginx, startWorker } from '../nginx.ts';
import { example, predict, type Reply, serve } from './service.ts';

const test = anyTest;
// Skipped where nginx is not installed; the report says so.
const nginxTest = nginxBinary === undefined ? anyTest.skip : anyTest;

const workers = ['127.0.0.1:8081', '127.0.0.1:8082'];

interface Given {
  texts?: string[];
  /** The workers that answer, in turn. */
  answering?: string[];
  reply?: (body: string, turn: number) => Reply | undefined;
}

/** Asks for some texts; returns the bodies of the requests and the pauses between them. */
async function ask(t: ExecutionContext, { texts = ['a', 'b', 'c'], answering = workers, reply }: Given = {}) {
  const machine = await testMachine(t);
  serve(machine, answering, reply);
  const pauses: number[] = [];
  const failure = await askExamples({
    machine,
    url: 'https://127.0.0.1',
    certificate: '/tls/proxy.crt',
    requests: planRequests(texts.map(example), 1024),
    workers,
    pause: async (seconds) => void pauses.push(seconds),
  }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { machine, bodies: machine.options.map((options) => options?.input), pauses, failure };
}

const single = '{"text":"a"}';
const batch = '{"texts":["b","c"]}';

test('all examples are asked through nginx, with the body on standard input', async (t) => {
  const { machine, bodies, pauses, failure } = await ask(t);
  const curl =
    'curl --silent --show-error --max-time 30 --cacert /tls/proxy.crt --write-out ' +
    '\\n{"status":"%{http_code}","workers":"%header{x-worker}","retryAfter":"%header{retry-after}"} ' +
    '--header Content-Type: application/json --data-binary @- https://127.0.0.1';
  t.is(failure, undefined);
  t.deepEqual(machine.commands, [`${curl}/predict`, `${curl}/predict/batch`]);
  t.deepEqual(bodies, [single, batch]);
  t.deepEqual(pauses, []);
});

test('requests are repeated until each worker has answered', async (t) => {
  t.deepEqual((await ask(t, { texts: ['a'] })).bodies, [single, single]);
  const late = await ask(t, { answering: ['127.0.0.1:8081', '127.0.0.1:8081', '127.0.0.1:8081', '127.0.0.1:8082'] });
  t.deepEqual([late.failure, late.bodies], [undefined, [single, batch, single, batch]]);
});

test('a worker that never answers is an error', async (t) => {
  const silent = await ask(t, { answering: ['127.0.0.1:8082, 127.0.0.1:8081'] });
  t.is(silent.failure, '127.0.0.1:8082: expected an answer from each worker, got none in 10 requests');
  t.is(silent.bodies.length, 10);
  const unnamed = await ask(t, { texts: ['a'], answering: [''] });
  t.is(unnamed.failure, '127.0.0.1:8081, 127.0.0.1:8082: expected an answer from each worker, got none in 9 requests');
});

test('wrong intents of all requests are one error', async (t) => {
  const body = (asked: string) =>
    asked === single ? { intent: 'x' } : { results: [{ intent: 'intent of b' }, { intent: 'y' }] };
  const wrong = await ask(t, { reply: (asked) => ({ body: body(asked), worker: '127.0.0.1:8081' }) });
  t.deepEqual(wrong.failure?.split('\n'), [
    '2 of 3 texts were not answered with the intent that the release expects:',
    '  "a": expected intent of a, got x from 127.0.0.1:8081',
    '  "c": expected intent of c, got y from 127.0.0.1:8081',
  ]);
  t.deepEqual(wrong.bodies, [single, batch]);
});

test('a wrong intent of the second worker alone is an error', async (t) => {
  const reply = (_: string, turn: number) =>
    turn === 1 ? { body: { intent: 'x' }, worker: '127.0.0.1:8082' } : undefined;
  const { failure, bodies } = await ask(t, { texts: ['a'], reply });
  t.deepEqual(failure?.split('\n'), [
    '1 of 2 texts were not answered with the intent that the release expects:',
    '  "a": expected intent of a, got x from 127.0.0.1:8082',
  ]);
  t.is(bodies.length, 2);
});

test('another status ends the requests', async (t) => {
  const reply = () => ({ status: 500, body: { detail: 'Sorry.' }, worker: '127.0.0.1:8081' });
  const { failure, bodies } = await ask(t, { reply });
  t.deepEqual(failure?.split('\n'), [
    '1 of 1 texts were not answered with the intent that the release expects:',
    '  "a": expected intent of a, got status 500 (Sorry.) from 127.0.0.1:8081',
  ]);
  t.deepEqual(bodies, [single]);
});

test('a request beyond a rate limit is repeated after Retry-After, at the earliest after a second', async (t) => {
  const limited = ['7', '', '0'];
  const reply = (_: string, turn: number) => {
    const retryAfter = limited[turn];
    return retryAfter === undefined ? undefined : { status: 429, body: '', retryAfter };
  };
  const { failure, bodies, pauses } = await ask(t, { reply });
  t.is(failure, undefined);
  t.deepEqual(pauses, [7, 1, 1]);
  t.deepEqual(bodies, [single, single, single, single, batch]);
});

test('a rate limit that leaves no request within 300 s is an error', async (t) => {
  const detail = 'A client may make 1 requests in 150 s.';
  const limited = await ask(t, { reply: () => ({ status: 429, body: { detail }, retryAfter: '150' }) });
  t.deepEqual(limited.pauses, [150, 150]);
  t.is(limited.failure?.split('\n')[1], `  "a": expected intent of a, got status 429 (${detail})`);
  const long = await ask(t, { reply: () => ({ status: 429, body: { detail }, retryAfter: '301' }) });
  t.deepEqual([long.pauses, long.bodies], [[], [single]]);
});

/** Answers predictions, with a status. */
const predicting =
  (status = 200): RequestListener =>
  async (incoming, response) => {
    response.writeHead(status).end(JSON.stringify(predict(await text(incoming))));
  };

/** Two workers behind the real nginx, and a function that asks them by the real curl for many texts. */
async function startService(t: ExecutionContext, second: RequestListener = predicting()) {
  const folder = await temporaryFolder(t);
  const proxy = await makeCertificate(folder, 'proxy');
  const service = await makeCertificate(folder, 'service');
  const tls = { cert: await readFile(service.certificate), key: await readFile(service.key) };
  const both = [await startWorker(t, 'one', tls, predicting()), await startWorker(t, 'two', tls, second)] as const;
  const ports = both.map((worker) => worker.port);
  // A busy machine takes longer than a fraction of a second for a request.
  const nginx = { rateLimit: { requestsPerSecond: 1, burst: 0 }, clientMaxBodyKilobytes: 1 };
  const port = await startNginx(t, { ports, proxy, service, nginx, marker: join(folder, 'none') });
  const texts = Array.from({ length: 100 }, (_, index) => `ä text with the number ${index}`);
  const pauses: number[] = [];
  const askAll = () =>
    askExamples({
      machine: localMachine(),
      url: `https://127.0.0.1:${port}`,
      certificate: proxy.certificate,
      requests: planRequests(texts.map(example), 1024),
      workers: ports.map((number) => `127.0.0.1:${number}`),
      pause: async (seconds) => {
        pauses.push(seconds);
        await new Promise((resolve) => setTimeout(resolve, 250));
      },
    });
  return { workers: both, ports, pauses, askAll };
}

nginxTest('nginx passes all batches on, in spite of its limits, and each worker answers some', async (t) => {
  const { workers: both, pauses, askAll } = await startService(t);
  await t.notThrowsAsync(askAll());
  t.deepEqual(
    both.map(({ seen }) => seen.length),
    [2, 2],
  );
  t.deepEqual([...new Set(pauses)], [1]);
});

nginxTest('a worker that fails behind nginx is found', async (t) => {
  const { ports, askAll } = await startService(t, predicting(500));
  const error = await t.throwsAsync(askAll());
  t.regex(error?.message ?? '', new RegExp(`got status 500 \\(.+\\) from 127\\.0\\.0\\.1:${ports[1]}$`, 'm'));
});

nginxTest('a worker that does not run is found, although nginx retries at the other one', async (t) => {
  const { workers: both, ports, askAll } = await startService(t);
  both[1].stop();
  await t.throwsAsync(askAll(), {
    message: new RegExp(
      `^127\\.0\\.0\\.1:${ports[1]}: expected an answer from each worker, got none in \\d+ requests$`,
    ),
  });
});

nginxTest('a proxy that does not run is found', async (t) => {
  const { certificate } = await makeCertificate(await temporaryFolder(t), 'proxy');
  const requests = planRequests([example('a')], 1024);
  const pause = () => Promise.resolve();
  const props = { machine: localMachine(), url: 'https://127.0.0.1:9', certificate, requests, workers, pause };
  await t.throwsAsync(askExamples(props), {
    message: /\n {2}"a": expected intent of a, got no answer \(curl: \(7\) .+\)$/,
  });
});
