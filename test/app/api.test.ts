import test from 'ava';
import { problemCatalogue } from '../../app/problems/catalogue.ts';
import { openArtifact } from '../../model/artifact/open.ts';
import { getJson, post, problemOf, startTestService, statusAndJson } from './service.ts';

test('the answer is the prediction of the model; top and explain set its extent', async (t) => {
  const { url, folder } = await startTestService(t);
  const model = await openArtifact(folder);
  const { version } = model.manifest;
  const text = 'Great service!';
  const prediction = { ...model.predict(text, { top: 3 }), model: version };
  const shorter = model.predict(text, { top: 2 });
  const explained = { ...shorter, explanation: model.explain(text, 'praise'), model: version };
  t.deepEqual([prediction.intent, shorter.alternatives.length], ['praise', 2]);
  t.deepEqual(await statusAndJson(post(`${url}/predict`, { text })), [200, prediction]);
  t.deepEqual(await statusAndJson(post(`${url}/predict?top=2&explain=true`, { text })), [200, explained]);
});

test('an answer has a type, a length, an id and no header about the software', async (t) => {
  const { url } = await startTestService(t, { RATE_LIMIT_REQUESTS: '0' });
  const { headers } = await post(`${url}/predict`, { text: 'hi' }, { 'X-Request-Id': 'from-the-proxy.1' });
  const { date, 'content-length': length, ...others } = Object.fromEntries(headers);
  t.true(Number(length) > 0 && Date.now() - Date.parse(String(date)) < 10_000);
  t.deepEqual(others, {
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'content-type': 'application/json',
    'keep-alive': 'timeout=75',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'from-the-proxy.1',
  });
});

test('every text of a batch has its own prediction or problem', async (t) => {
  const { url, folder } = await startTestService(t, { TEXT_LIMIT_CHARACTERS: '20' });
  const model = await openArtifact(folder);
  const texts = ['Great service!', 5, '', 'x'.repeat(21)];
  const problem = (index: number, detail: string) => ({
    ...problemOf('invalid-content', 422, 'The content is not as documented', `/texts/${index}: ${detail}.`),
    errors: [{ detail, pointer: `/texts/${index}` }],
  });
  const results = [
    model.predict('Great service!', { top: 1 }),
    problem(1, 'expected a string, got a number'),
    problem(2, 'expected a text with at least one visible character, got an empty string'),
    problem(3, 'expected at most 20 characters, got a string of 21 characters'),
  ];
  t.deepEqual(await statusAndJson(post(`${url}/predict/batch?top=1`, { texts })), [
    200,
    { model: model.manifest.version, results },
  ]);
});

test('the model that answers is described', async (t) => {
  const { url, folder } = await startTestService(t);
  const { manifest } = await openArtifact(folder);
  const { examples, accuracy, accuracyInterval, calibrationError } = manifest.metrics;
  t.deepEqual(await getJson(`${url}/model`), {
    ...{ model: manifest.version, profile: 'default', algorithm: 'linear-svm', intents: manifest.labels },
    ...{ threshold: manifest.threshold.value, trainedAt: manifest.trainedAt },
    metrics: { examples, accuracy, accuracyInterval, calibrationError },
  });
});

test('a running service is alive and ready', async (t) => {
  const { url, service } = await startTestService(t);
  t.deepEqual(await getJson(`${url}/health`), { status: 'alive' });
  t.deepEqual(await getJson(`${url}/ready`), { status: 'ready', model: service.modelVersion() });
});

const statuses = {
  'invalid-json': 400,
  'not-found': 404,
  'method-not-allowed': 405,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-content': 422,
};

type Case = { path?: string; init: RequestInit; kind: keyof typeof statuses; detail: string; errors?: unknown };

function json(body: string, type = 'application/json'): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': type }, body };
}

function content(body: unknown, pointer: string, expected: string): Case {
  const detail = `${pointer || 'the body'}: ${expected}.`;
  return { init: json(JSON.stringify(body)), kind: 'invalid-content', detail, errors: [{ detail: expected, pointer }] };
}

function query(search: string, parameter: string, expected: string): Case {
  const errors = [{ detail: expected, parameter }];
  const detail = `${parameter}: ${expected}.`;
  return { path: `/predict?${search}`, init: json('{"text":"hi"}'), kind: 'invalid-content', detail, errors };
}

function mediaType(headers: Record<string, string>, detail: string): Case {
  return { init: { ...json('{"text":"hi"}'), headers }, kind: 'unsupported-media-type', detail };
}

function unknownPath(path: string, shown: string): Case {
  const detail = `Nothing is served at ${shown}; /docs and /openapi.json list what is.`;
  return { path, init: {}, kind: 'not-found', detail };
}

function invalidJson(body: string, reason: string): Case {
  return { init: json(body), kind: 'invalid-json', detail: `The body is not valid JSON: ${reason}.` };
}

const visible = 'expected a text with at least one visible character';
const mostBytes = 'The body may have at most 262144 bytes.';
const most = 'expected at most 2000 characters';
const unknown = 'expected no such member; check its spelling';
const top = 'expected a whole number from 1 to 100';
const jsonType = 'Expected a body of type application/json';
const utf16 = 'application/json; charset=utf-16';
const compressed = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };

const cases: Record<string, Case> = {
  'invalid JSON': invalidJson('{"text": "hi",}', 'it goes wrong at character 14'),
  'an empty body': invalidJson('', 'it is empty'),
  'a body of one byte too many': { init: json(' '.repeat(262_145)), kind: 'body-too-large', detail: mostBytes },
  'a missing text': content({}, '/text', 'expected a string, got nothing'),
  'a text that is null': content({ text: null }, '/text', 'expected a string, got null'),
  'a text that is a number': content({ text: 5 }, '/text', 'expected a string, got a number'),
  'a text that is a list': content({ text: ['hi'] }, '/text', 'expected a string, got an array of 1'),
  'an empty text': content({ text: '' }, '/text', `${visible}, got an empty string`),
  'a blank text': content({ text: ' \n\u00a0' }, '/text', `${visible}, got a string of 3 characters`),
  'a text that is too long': content({ text: 'x'.repeat(2001) }, '/text', `${most}, got a string of 2001 characters`),
  'an unknown member': content({ text: 'hi', txet: 1 }, '/txet', unknown),
  'an unknown member that a pointer escapes': content({ text: 'hi', 'a/b~c': 1 }, '/a~1b~0c', unknown),
  'an unknown long member': content({ text: 'hi', ['n'.repeat(101)]: 1 }, `/${'n'.repeat(100)}`, unknown),
  'a body that is a list': content([1], '', 'expected an object such as {"text": "…"}, got an array of 1'),
  'a top that is not a number': query('top=many', 'top', `${top}, got a string of 4 characters`),
  'a top of zero': query('top=0', 'top', `${top}, got a string of 1 characters`),
  'a top of 101': query('top=101', 'top', `${top}, got a string of 3 characters`),
  'an invalid explain': query('explain=1', 'explain', 'expected true or false, got a string of 1 characters'),
  'an unknown parameter': query('tpo=1', 'tpo', unknown),
  'an unsupported media type': mediaType({ 'Content-Type': 'text/plain' }, `${jsonType}, got "text/plain".`),
  'an unsupported character set': mediaType({ 'Content-Type': utf16 }, `${jsonType}, got "${utf16}".`),
  'a compressed body': mediaType(compressed, 'Expected a body that is not compressed, got "gzip".'),
  'a wrong method': { init: { method: 'PUT' }, kind: 'method-not-allowed', detail: 'Expected POST, OPTIONS, got PUT.' },
  'an unknown path': unknownPath('/no', '/no'),
  'a long unknown path': unknownPath(`/${'p'.repeat(200)}`, `/${'p'.repeat(199)}`),
};

for (const [name, { path = '/predict', init, kind, detail, errors }] of Object.entries(cases)) {
  const status = statuses[kind];
  test(`answers ${name} with ${status}`, async (t) => {
    const { url } = await startTestService(t);
    const response = await fetch(url + path, init);
    t.is(response.status, status);
    t.is(response.headers.get('content-type'), 'application/problem+json');
    const { title } = problemCatalogue[kind];
    t.deepEqual(await response.json(), { ...problemOf(kind, status, title, detail), ...(errors ? { errors } : {}) });
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
