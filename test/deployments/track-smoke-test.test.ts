import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { smokeTestTrack, type TrackSmokeTestProps } from '../../deployments/track-smoke-test.ts';
import { certificateFor } from '../support/certificates.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const examples = [
  { text: 'Great service!', intent: 'praise' },
  { text: 'Hello there', intent: 'greeting' },
  { text: 'Bye', intent: 'farewell' },
];

const intents: Record<string, string> = { 'Great service!': 'praise', 'Hello there': 'greeting', Bye: 'farewell' };

interface Reply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** A service that knows the examples; `replies` come before its answers. */
async function startService(t: ExecutionContext, ...replies: Reply[]) {
  const certificate = await certificateFor(t, 'localhost');
  const authority = join(await temporaryFolder(t), 'ca.pem');
  await writeFile(authority, certificate.cert);
  const requests: string[] = [];
  const keys: (string | undefined)[] = [];
  const server = createServer(certificate, async (request, response) => {
    const body = await text(request);
    requests.push(`${request.method} ${request.url} ${request.headers['x-fleet-track']} ${body}`);
    keys.push(request.headers.authorization);
    const reply = replies.shift() ?? { status: 200, body: answerTo(JSON.parse(body)) };
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  const url = `https://localhost:${await listen(t, server as never)}`;
  return { endpoint: { url, authority, acceptsAnyName: false }, requests, keys };
}

function answerTo({ text, texts }: { text?: string; texts?: string[] }): string {
  const resultOf = (asked: string) => ({ intent: intents[asked] });
  return JSON.stringify(texts ? { results: texts.map(resultOf) } : resultOf(text ?? ''));
}

function ask(props: Pick<TrackSmokeTestProps, 'endpoint'> & Partial<TrackSmokeTestProps>) {
  return smokeTestTrack({
    track: 'green',
    examples,
    maximumBytes: 1024,
    retries: { retries: 2, minTimeout: 0 },
    ...props,
  });
}

const single = 'POST /predict green {"text":"Great service!"}';
const batch = 'POST /predict/batch green {"texts":["Hello there","Bye"]}';

test('all examples are asked of the track, past the weights', async (t) => {
  const { endpoint, requests } = await startService(t);
  t.is(await ask({ endpoint }), undefined);
  t.deepEqual(requests, [single, batch]);
  t.is(await ask({ endpoint, track: 'blue', examples: [] }), undefined);
  t.is(requests.length, 2);
});

test('no request has a larger body than machines take', async (t) => {
  const { endpoint, requests } = await startService(t);
  t.is(await ask({ endpoint, maximumBytes: 30 }), undefined);
  t.deepEqual(requests, [
    'POST /predict green {"text":"Great service!"}',
    'POST /predict/batch green {"texts":["Hello there"]}',
    'POST /predict/batch green {"texts":["Bye"]}',
  ]);
});

test('a wrong answer is told with what was expected, and is not asked for again', async (t) => {
  const { endpoint, requests } = await startService(t, { status: 200, body: '{"intent":"complaint"}' });
  t.is(
    await ask({ endpoint }),
    '1 of 3 texts were not answered with the intent that the release expects:\n' +
      '  "Great service!": expected praise, got complaint',
  );
  t.deepEqual(requests, [single, batch]);
});

test('an error of the service is a wrong answer', async (t) => {
  const { endpoint, requests } = await startService(t, { status: 500, body: '{"detail":"It failed."}' });
  t.is(
    await ask({ endpoint, examples: examples.slice(0, 1) }),
    '1 of 1 texts were not answered with the intent that the release expects:\n' +
      '  "Great service!": expected praise, got status 500 (It failed.)',
  );
  t.deepEqual(requests, [single]);
});

const unavailable = { status: 503, body: 'no machine' };

test('where no machine answers, it is asked again', async (t) => {
  const { endpoint, requests } = await startService(t, { status: 502, body: '' }, { status: 504, body: '' });
  t.is(await ask({ endpoint }), undefined);
  t.deepEqual(requests, [single, single, single, batch]);
});

test('where no machine ever answers, it says so', async (t) => {
  const { endpoint, requests } = await startService(t, unavailable, unavailable, unavailable);
  t.is(await ask({ endpoint }), 'green, /predict: expected an answer, got: status 503 (no machine)');
  t.deepEqual(requests, [single, single, single]);
  const { endpoint: untrusted } = await startService(t);
  const failure = await ask({ endpoint: { ...untrusted, authority: undefined } });
  t.regex(failure ?? '', /^green, \/predict: expected an answer, got: self-signed certificate/);
});

test('a rate limit is waited for, for as long as it says', async (t) => {
  const waits: number[] = [];
  const delay = async (milliseconds: number) => void waits.push(milliseconds);
  const limited = (after: string) => ({
    status: 429,
    body: '{"detail":"Too many."}',
    headers: { 'retry-after': after },
  });
  const { endpoint, requests } = await startService(t, limited('7'), limited('soon'));
  t.is(await ask({ endpoint, delay }), undefined);
  t.deepEqual(waits, [7000, 1000]);
  t.deepEqual(requests, [single, single, single, batch]);
  const { endpoint: never } = await startService(t, limited('200'), limited('101'));
  t.is(
    await ask({ endpoint: never, delay, examples: examples.slice(0, 1) }),
    '1 of 1 texts were not answered with the intent that the release expects:\n' +
      '  "Great service!": expected praise, got status 429 (Too many.)',
  );
});

test('a signal ends it with its reason', async (t) => {
  const reason = new Error('interrupted');
  const { endpoint } = await startService(t, { status: 429, body: '', headers: { 'retry-after': '300' } });
  const controller = new AbortController();
  const asked = ask({ endpoint, signal: controller.signal });
  controller.abort(reason);
  t.is(await t.throwsAsync(asked), reason);
});

test('a key is sent, and a machine that does not know it yet is asked again, but not for ever', async (t) => {
  const unknown = { status: 401, body: 'no key' };
  const { endpoint, requests, keys } = await startService(t, unknown, unknown);
  const pauses: number[] = [];
  const delay = async (milliseconds: number) => void pauses.push(milliseconds);
  t.is(await ask({ endpoint, apiKey: 'ifk_1', delay }), undefined);
  t.deepEqual(requests, [single, single, single, batch]);
  t.deepEqual(new Set(keys), new Set(['Bearer ifk_1']));
  t.deepEqual(pauses, [1000, 1000]);
  const refusing = await startService(t, ...Array.from({ length: 60 }, () => unknown));
  t.regex((await ask({ endpoint: refusing.endpoint, apiKey: 'ifk_1', delay })) ?? '', /401/);
});
