import test from 'ava';
import { openArtifact } from '../../model/artifact/open.ts';
import { post, startTestService } from './service.ts';

const urn = 'urn:intent-fleet:problem:';

test('the answer to a text is the prediction of the model, with its version', async (t) => {
  const { url, folder } = await startTestService(t);
  const response = await post(`${url}/predict`, { text: 'Great service!' });
  const model = await openArtifact(folder);
  t.is(response.status, 200);
  const prediction = model.predict('Great service!', { top: 3 });
  t.is(prediction.intent, 'praise');
  t.deepEqual(await response.json(), { ...prediction, model: model.manifest.version });
});

test('an answer has a type, a length, an id and no header about the software', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '0' });
  const { headers } = await post(`${url}/predict`, { text: 'hi' }, { 'X-Request-Id': 'from-the-proxy.1' });
  t.deepEqual([...headers.keys()].sort(), [
    'cache-control',
    'connection',
    'content-length',
    'content-type',
    'date',
    'keep-alive',
    'x-content-type-options',
    'x-request-id',
  ]);
  t.is(headers.get('content-type'), 'application/json');
  t.is(headers.get('x-request-id'), 'from-the-proxy.1');
});

test('top sets the number of alternatives, explain adds the explanation', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const text = 'How to reset password?';
  const response = await post(`${url}/predict?top=2&explain=true`, { text });
  const prediction = model.predict(text, { top: 2 });
  t.is(prediction.alternatives.length, 2);
  t.deepEqual(await response.json(), {
    ...prediction,
    explanation: model.explain(text, prediction.alternatives[0]?.intent),
    model: model.manifest.version,
  });
});

test('every text of a batch has its own prediction or problem', async (t) => {
  const { url, folder } = await startTestService(t, { TEXT_LIMIT_CHARACTERS: '20' });
  const model = await openArtifact(folder);
  const response = await post(`${url}/predict/batch?top=1`, { texts: ['Great service!', 5, '', 'x'.repeat(21)] });
  const problem = (index: number, detail: string) => ({
    type: `${urn}invalid-content`,
    title: 'The content is not as documented',
    status: 422,
    detail: `/texts/${index}: ${detail}.`,
    errors: [{ detail, pointer: `/texts/${index}` }],
  });
  t.is(response.status, 200);
  t.deepEqual(await response.json(), {
    model: model.manifest.version,
    results: [
      model.predict('Great service!', { top: 1 }),
      problem(1, 'expected a string, got a number'),
      problem(2, 'expected a text with at least one visible character, got an empty string'),
      problem(3, 'expected at most 20 characters, got a string of 21 characters'),
    ],
  });
});

test('a running service is alive and ready', async (t) => {
  const { url, service } = await startTestService(t);
  t.deepEqual(await (await fetch(`${url}/health`)).json(), { status: 'alive' });
  t.deepEqual(await (await fetch(`${url}/ready`)).json(), { status: 'ready', model: service.modelVersion() });
});

interface Case {
  path?: string;
  init: RequestInit;
  status: number;
  kind: string;
  detail: string;
  errors?: unknown;
}

function json(body: string, type = 'application/json'): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type }, body };
}

const invalid = { status: 422, kind: 'invalid-content' };

function content(body: unknown, pointer: string, expected: string): Case {
  const detail = `${pointer || 'the body'}: ${expected}.`;
  return { ...invalid, init: json(JSON.stringify(body)), detail, errors: [{ detail: expected, pointer }] };
}

function query(search: string, parameter: string, expected: string): Case {
  const path = `/predict?${search}`;
  const detail = `${parameter}: ${expected}.`;
  return { ...invalid, path, init: json('{"text":"hi"}'), detail, errors: [{ detail: expected, parameter }] };
}

const cases: Record<string, Case> = {
  'bad JSON': {
    init: json('{"text": "hi",}'),
    status: 400,
    kind: 'invalid-json',
    detail: 'The body is not valid JSON: it goes wrong at character 14.',
  },
  'an empty body': {
    init: json(''),
    status: 400,
    kind: 'invalid-json',
    detail: 'The body is not valid JSON: it is empty.',
  },
  'a missing text': content({}, '/text', 'expected a string, got nothing'),
  'a text that is null': content({ text: null }, '/text', 'expected a string, got null'),
  'a text that is a number': content({ text: 5 }, '/text', 'expected a string, got a number'),
  'a text that is a list': content({ text: ['hi'] }, '/text', 'expected a string, got an array of 1'),
  'an empty text': content(
    { text: '' },
    '/text',
    'expected a text with at least one visible character, got an empty string',
  ),
  'a blank text': content(
    { text: ' \n\u00a0' },
    '/text',
    'expected a text with at least one visible character, got a string of 3 characters',
  ),
  'a text that is too long': content(
    { text: 'x'.repeat(2001) },
    '/text',
    'expected at most 2000 characters, got a string of 2001 characters',
  ),
  'an unknown member': content({ text: 'hi', txet: 1 }, '/txet', 'expected no such member; check its spelling'),
  'an unknown member with characters that a pointer escapes': content(
    { text: 'hi', 'a/b~c': 1 },
    '/a~1b~0c',
    'expected no such member; check its spelling',
  ),
  'an unknown member with a long name': content(
    { text: 'hi', ['n'.repeat(101)]: 1 },
    `/${'n'.repeat(100)}`,
    'expected no such member; check its spelling',
  ),
  'a body that is a list': content([1], '', 'expected an object such as {"text": "…"}, got an array of 1'),
  'a top that is no number': query(
    'top=many',
    'top',
    'expected a whole number from 1 to 100, got a string of 4 characters',
  ),
  'a top of zero': query('top=0', 'top', 'expected a whole number from 1 to 100, got a string of 1 characters'),
  'an explain that is neither': query('explain=1', 'explain', 'expected true or false, got a string of 1 characters'),
  'an unknown parameter': query('tpo=1', 'tpo', 'expected no such member; check its spelling'),
  'a wrong content type': {
    init: json('hi', 'text/plain'),
    status: 415,
    kind: 'unsupported-media-type',
    detail: 'Expected a body of type application/json, got "text/plain".',
  },
  'a wrong character set': {
    init: json('{"text":"hi"}', 'application/json; charset=utf-16'),
    status: 415,
    kind: 'unsupported-media-type',
    detail: 'Expected a body of type application/json, got "application/json; charset=utf-16".',
  },
  'a compressed body': {
    init: { ...json('hi'), headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' } },
    status: 415,
    kind: 'unsupported-media-type',
    detail: 'Expected a body that is not compressed, got "gzip".',
  },
  'a wrong method': {
    init: { method: 'PUT' },
    status: 405,
    kind: 'method-not-allowed',
    detail: 'Expected POST, OPTIONS, got PUT.',
  },
  'an unknown path': {
    path: '/nowhere',
    init: {},
    status: 404,
    kind: 'not-found',
    detail: 'Nothing is served at /nowhere; /openapi.json lists what is.',
  },
  'a long unknown path': {
    path: `/${'p'.repeat(200)}`,
    init: {},
    status: 404,
    kind: 'not-found',
    detail: `Nothing is served at /${'p'.repeat(199)}; /openapi.json lists what is.`,
  },
};

for (const [name, { path = '/predict', init, status, kind, detail, errors }] of Object.entries(cases)) {
  test(`answers ${name} with ${status}`, async (t) => {
    const { url } = await startTestService(t);
    const response = await fetch(url + path, init);
    const { title, ...body } = (await response.json()) as Record<string, unknown>;
    t.is(response.status, status);
    t.is(response.headers.get('content-type'), 'application/problem+json');
    t.is(typeof title, 'string');
    t.deepEqual(body, { type: urn + kind, status, detail, ...(errors ? { errors } : {}) });
  });
}

test('an answer lists at most ten invalid values', async (t) => {
  const { url } = await startTestService(t);
  const members = Array.from({ length: 11 }, (_, index) => [`member${index}`, 1]);
  const response = await post(`${url}/predict`, { text: 'hi', ...Object.fromEntries(members) });
  t.is(((await response.json()) as { errors: unknown[] }).errors.length, 10);
});

test('the answers to a wrong method and to OPTIONS list the allowed methods', async (t) => {
  const { url } = await startTestService(t);
  t.is((await fetch(`${url}/predict`)).headers.get('allow'), 'POST, OPTIONS');
  const options = await fetch(`${url}/health`, { method: 'OPTIONS' });
  t.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS']);
});

test('HEAD is answered as GET without its body', async (t) => {
  const { url } = await startTestService(t);
  const response = await fetch(`${url}/health`, { method: 'HEAD' });
  t.deepEqual([response.status, response.headers.get('content-length'), await response.text()], [200, '18', '']);
});

test('accepts every spelling of the charset UTF-8', async (t) => {
  const { url } = await startTestService(t);
  for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
    t.is((await fetch(`${url}/predict`, json('{"text":"hi"}', type))).status, 200);
  }
});

test('accepts a replacement character in a text', async (t) => {
  const { url } = await startTestService(t);
  t.is((await post(`${url}/predict`, { text: 'gre\ufffdt service' })).status, 200);
});

test('the limit of a text counts characters, not UTF-16 units', async (t) => {
  const { url } = await startTestService(t, { TEXT_LIMIT_CHARACTERS: '3' });
  t.is((await post(`${url}/predict`, { text: '😀😀😀' })).status, 200);
  t.is((await post(`${url}/predict`, { text: '😀😀😀😀' })).status, 422);
});
