import { connect } from 'node:net';
import test from 'ava';
import { hasAnswers, predictRequest, sendRaw, statuses } from './raw.ts';
import { post, problemOf, startTestService } from './service.ts';

const hello = predictRequest('{"text":"hello"}');
const head = 'POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
const chunkedHead = `${head}Transfer-Encoding: chunked\r\n\r\n`;

const lastChunk = '0\r\n\r\n';

function chunk(content: string): string {
  return `${content.length.toString(16)}\r\n${content}\r\n`;
}

function expecting(length: number, expect = '100-continue'): string {
  return `${head}Expect: ${expect}\r\nContent-Length: ${length}\r\n\r\n`;
}

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
}

const duplicateHeaders = ['X-Request-Id: first-one', 'X-Request-Id: second-one', 'Content-Type: text/plain'];

const streams: Record<string, [parts: (string | Buffer)[], ...expected: number[]]> = {
  'pipelined requests in order': [[Buffer.concat([hello, predictRequest('{"text":5}'), hello])], 200, 422, 200],
  'a chunked body, one byte per chunk': [[chunkedHead, ...[...'{"text":"hello"}'].map(chunk), lastChunk], 200],
  'a chunked body over the limit before its end, and the next request': [
    [chunkedHead, chunk('x'.repeat(1024)), chunk('x'.repeat(1024)), lastChunk, hello],
    413,
    200,
  ],
  'a client that expects 100 before it sends a body over the limit': [[expecting(1025)], 413],
  'a client that expects 100': [[expecting(16), '{"text":"howdy"}'], 100, 200],
  'a client that expects 100 and sends invalid JSON': [[expecting(15), '{"text":"howdy"}'], 100, 400],
  'a client that expects something else': [[expecting(16, 'other'), '{"text":"howdy"}'], 100, 200],
  'a head over the limit': [[predictRequest('{"text":"hi"}', [`X-Padding: ${'x'.repeat(4000)}`])], 431],
  'duplicate headers': [[predictRequest('{"text":"hi"}', [...duplicateHeaders, 'traceparent: a'])], 200],
};

for (const [name, [parts, ...expected]] of Object.entries(streams)) {
  test(`answers ${name}: ${expected.join(', ')}`, async (t) => {
    const { port } = await startTestService(t, { BODY_LIMIT_BYTES: '1024', HEADER_LIMIT_BYTES: '2048' });
    t.deepEqual(statuses(await sendRaw(port, parts, hasAnswers(expected.length))), expected);
  });
}

test('aborted requests do not affect the service', async (t) => {
  const { url, port } = await startTestService(t);
  for (const length of [1, 20, hello.length - 1]) {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.write(hello.subarray(0, length), resolve));
    socket.resetAndDestroy();
  }
  t.is((await post(`${url}/predict`, { text: 'hi' })).status, 200);
});

test('answers a request that does not arrive in time with 408 and closes the connection', async (t) => {
  const { port } = await startTestService(t, { HEADER_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '1' });
  const [half, headless] = await Promise.all([
    sendRaw(port, [hello.subarray(0, hello.length - 1)]),
    sendRaw(port, ['POST /predict HTTP/1.1\r\nHost: x\r\n']),
  ]);
  t.deepEqual([statuses(half), statuses(headless)], [[408], [408]]);
  t.regex(half, /"type":"urn:intent-fleet:problem:request-timeout"/);
});

test('answers bytes that are not HTTP with a problem and closes the connection', async (t) => {
  const { port } = await startTestService(t);
  const text = await sendRaw(port, ['\u0016\u0003\u0001 hello\r\n\r\n']);
  t.deepEqual(statuses(text), [400]);
  const detail = 'The received bytes are not an HTTP/1.1 request.';
  const expected = problemOf('invalid-request', 400, 'The request is not valid HTTP', detail);
  t.regex(text, /\r\nConnection: close\r\n/);
  t.deepEqual(JSON.parse(text.slice(text.indexOf('{'))), expected);
});

test('refuses requests that could be smuggled past a proxy and closes the connection', async (t) => {
  const { port } = await startTestService(t);
  for (const header of ['Transfer-Encoding: chunked', 'Content-Length: 3']) {
    t.deepEqual(statuses(await sendRaw(port, [predictRequest('{"text":"hello"}', [header])])), [400]);
  }
});

const bodies: Record<string, [string | Buffer, number]> = {
  'invalid UTF-8': [Buffer.from([...Buffer.from('{"text":"'), 0xff, 0xfe, ...Buffer.from('"}')]), 400],
  'an overlong encoding': [Buffer.from([...Buffer.from('{"text":"'), 0xc0, 0xaf, ...Buffer.from('"}')]), 400],
  'a lone surrogate': ['{"text":"\\ud800"}', 422],
  'a pair of surrogates': ['{"text":"\\ud83d\\ude00"}', 200],
  '__proto__ as a member': ['{"text":"hi","__proto__":{"polluted":true}}', 422],
  '__proto__ as the only member': ['{"__proto__":{"text":"hi"}}', 422],
  'constructor as a member': ['{"text":"hi","constructor":{"prototype":{"polluted":true}}}', 422],
  'deep JSON': [`{"text":${'['.repeat(60_000)}${']'.repeat(60_000)}}`, 422],
  'deep JSON that is never closed': ['['.repeat(200_000), 400],
  'a number of many digits': [`{"text":${'9'.repeat(250_000)}}`, 422],
  'a number of a million digits': [`{"text":${'9'.repeat(1_000_000)}}`, 413],
  'a duplicate member': ['{"text":5,"text":"hi"}', 200],
  'a NUL in the text': ['{"text":"a\\u0000b"}', 200],
  'null alone': ['null', 422],
  'a body of as many bytes as are allowed': [`{"text":"hi"${' '.repeat(262_131)}}`, 200],
  'a replacement character': [JSON.stringify({ text: 'gre\ufffdt service' }), 200],
  'as many characters as are allowed, each of two UTF-16 units': [JSON.stringify({ text: '😀'.repeat(2000) }), 200],
  'one character more': [JSON.stringify({ text: '😀'.repeat(2001) }), 422],
};

for (const [name, [body, status]] of Object.entries(bodies)) {
  test(`answers ${name} with ${status}`, async (t) => {
    const { url } = await startTestService(t);
    const response = await post(`${url}/predict`, body as string);
    t.is(response.status, status);
    t.is(response.headers.get('content-type'), status === 200 ? 'application/json' : 'application/problem+json');
    t.is(({} as { polluted?: boolean }).polluted, undefined);
    t.is((await fetch(`${url}/health`)).status, 200);
  });
}

test('answers hostile paths as any unknown path', async (t) => {
  const { port } = await startTestService(t);
  const paths = ['/%', '/..%2f..%2fetc/passwd', '//health', '/HEALTH', '/v2/models/%ff', '/v2/models/__proto__', '*'];
  const answers = await Promise.all(paths.map((path) => sendRaw(port, [get(path)], hasAnswers(1))));
  t.deepEqual(answers.flatMap(statuses), [404, 404, 404, 404, 400, 404, 404]);
});

test('answers a URL without a path with 404 and the next request as usual', async (t) => {
  const { port } = await startTestService(t);
  const text = await sendRaw(port, [get('http://[/'), get('http://?x'), get('/health')], hasAnswers(3));
  t.deepEqual(statuses(text), [404, 404, 200]);
  t.regex(text, /"type":"urn:intent-fleet:problem:not-found".*"detail":"Nothing is served at http:\/\/\?x;/);
});
