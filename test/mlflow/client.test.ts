import test from 'ava';
import { z } from 'zod';
import { MlflowClient } from '../../mlflow/client.ts';
import { MlflowError } from '../../mlflow/error.ts';
import { mlflowServer } from '../../mlflow/server.ts';
import { freePort } from '../support/servers.ts';
import { refusal, startServer } from './server.ts';

const version = z.object({ version: z.string() });
const answer = { body: { version: '1' } };

test('a question and a statement are sent as MLflow expects them', async (t) => {
  const { client, received } = await startServer(t, () => answer);
  t.deepEqual(await client().get('runs/get', { run_id: 'a b' }, version), { version: '1' });
  t.deepEqual(await client().post('runs/create', { name: 'é' }, version), { version: '1' });
  await client().delete('registered-models/alias', { name: 'intents' });
  t.deepEqual(
    received.map(({ call, headers, body }) => [call, headers['content-type'], headers.authorization, body]),
    [
      ['GET /api/2.0/mlflow/runs/get?run_id=a+b', undefined, undefined, ''],
      ['POST /api/2.0/mlflow/runs/create', 'application/json', undefined, '{"name":"é"}'],
      ['DELETE /api/2.0/mlflow/registered-models/alias', 'application/json', undefined, '{"name":"intents"}'],
    ],
  );
});

test('a file is stored and read at its path; one that is not there is undefined', async (t) => {
  const respond = ({ call }: { call: string }) =>
    call.includes('none') ? refusal('RESOURCE_DOES_NOT_EXIST') : { type: 'application/octet-stream', body: 'bytes' };
  const { client, received } = await startServer(t, respond);
  await client().putFile('1/ab/a page?.html', Buffer.from('<p>'));
  t.deepEqual(await client().getFile('1/ab/a page?.html'), Buffer.from('bytes'));
  t.is(await client().getFile('1/none'), undefined);
  t.deepEqual(received[0]?.body, '<p>');
  t.deepEqual(
    received.map(({ call }) => call),
    [
      'PUT /api/2.0/mlflow-artifacts/artifacts/1/ab/a%20page%3F.html',
      'GET /api/2.0/mlflow-artifacts/artifacts/1/ab/a%20page%3F.html',
      'GET /api/2.0/mlflow-artifacts/artifacts/1/none',
    ],
  );
});

const basic = `Basic ${Buffer.from('ana:geheim').toString('base64')}`;

for (const [environment, expected] of [
  [{}, undefined],
  [{ MLFLOW_TRACKING_TOKEN: '' }, undefined],
  [{ MLFLOW_TRACKING_TOKEN: 'geheim' }, 'Bearer geheim'],
  [{ MLFLOW_TRACKING_USERNAME: 'ana', MLFLOW_TRACKING_PASSWORD: 'geheim' }, basic],
  [{ MLFLOW_TRACKING_USERNAME: 'ana', MLFLOW_TRACKING_PASSWORD: 'geheim', MLFLOW_TRACKING_TOKEN: 'other' }, basic],
] as const)
  test(`credentials: ${Object.keys(environment).join(' ') || 'none'} ${expected}`, async (t) => {
    const { address, received } = await startServer(t, ({ call }) =>
      call.includes('runs/get') ? { status: 401, type: 'text/html', body: '<p>Who are you?' } : answer,
    );
    const client = new MlflowClient(mlflowServer('MLFLOW_TRACKING_URI', `${address}/`, environment));
    await client.putFile('1/file', Buffer.from('a'));
    const error = await t.throwsAsync(client.get('runs/get', {}, version), { instanceOf: MlflowError });
    t.deepEqual(
      received.map(({ headers }) => headers.authorization),
      [expected, expected],
    );
    t.is(
      error.message,
      `${address}: runs/get: not allowed (status 401); set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN`,
    );
    t.false(JSON.stringify(error).includes('geheim'));
  });

const example = 'expected the address of an MLflow server, such as https://mlflow.example.com, got';

for (const [address, message] of [
  ['ana:geheim@dagshub.com/ana/x.mlflow', `${example} dagshub.com/ana/x.mlflow`],
  ['file:///srv/mlruns', `${example} file:///srv/mlruns`],
  ['mlruns', `${example} mlruns`],
  ['databricks', `${example} databricks`],
  ['localhost:5000', `${example} localhost:5000`],
  ['ftp://ana:geheim@host/', `${example} ftp://host/`],
  ['https://host/?token=geheim', `${example} https://host/`],
  [
    'https://ana:geheim@host/',
    'expected an address without a name and a password, which belong in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD',
  ],
] as const)
  test(`the address ${address} is refused`, (t) => {
    t.throws(() => mlflowServer('MLFLOW_TRACKING_URI', address, {}), { message: `MLFLOW_TRACKING_URI: ${message}` });
  });

test('an address may have a path', (t) => {
  const address = 'https://dagshub.com/ana/intents.mlflow/';
  t.deepEqual(mlflowServer('registry', address, {}), { address: address.slice(0, -1), authorization: undefined });
});

for (const [title, answers, expected] of [
  [
    'HTML',
    { type: 'text/html; charset=utf-8', body: '<p>Hello' },
    'not an answer of MLflow:\n  (top level): expected a mapping, got nothing',
  ],
  ['other JSON', { body: { version: 1 } }, 'not an answer of MLflow:\n  version: expected a string, got 1'],
  [
    'HTML of a proxy',
    { status: 404, type: 'text/html', body: '<p>' },
    'expected an answer of MLflow, got status 404 with text/html',
  ],
  [
    'a redirection',
    { status: 302, headers: { location: '/login' }, type: '' },
    'expected an answer of MLflow, got status 302 with nothing',
  ],
  ['a refusal', refusal('INVALID_PARAMETER_VALUE', 'The name is wrong'), 'INVALID_PARAMETER_VALUE: The name is wrong'],
  [
    'a long refusal',
    refusal('INVALID_PARAMETER_VALUE', 'a'.repeat(1000)),
    `INVALID_PARAMETER_VALUE: ${'a'.repeat(299)}…`,
  ],
] as const)
  test(`${title} is an error at once`, async (t) => {
    const { address, client, received } = await startServer(t, () => answers);
    await t.throwsAsync(client().get('runs/get', {}, version), {
      instanceOf: MlflowError,
      message: `${address}: runs/get: ${expected}`,
    });
    t.is(received.length, 1);
  });

for (const [title, failing, expected] of [
  ['status 500', refusal('INTERNAL_ERROR', 'database is locked', 500), 'INTERNAL_ERROR: database is locked'],
  [
    'status 503 of a proxy',
    { status: 503, type: 'text/html', body: '<p>' },
    'expected an answer of MLflow, got status 503 with text/html',
  ],
  ['a connection that breaks', null, 'no answer: UND_ERR_SOCKET'],
] as const)
  test(`${title}: the call is repeated, but not one that the server would do twice`, async (t) => {
    const passing = await startServer(t, (_, count) => (count < 3 ? failing : answer));
    t.deepEqual(await passing.client().post('runs/search', {}, version), { version: '1' });
    t.is(passing.received.length, 3);
    const { address, client, received } = await startServer(t, () => failing);
    const message = `${address}: runs/create: ${expected}`;
    await t.throwsAsync(client().post('runs/create', {}, version), { instanceOf: MlflowError, message });
    t.is(received.length, 3);
    await t.throwsAsync(client().post('runs/create', {}, version, { once: true }), {
      instanceOf: MlflowError,
      message,
    });
    t.is(received.length, 4);
  });

test('a server that does not answer is given up after a time, or when it is told', async (t) => {
  const { address, client } = await startServer(t, () => undefined);
  const timeouts = { call: 50, file: 50 };
  const error = await t.throwsAsync(client({ timeouts }).get('runs/get', {}, version), {
    instanceOf: MlflowError,
    message: `${address}: runs/get: no answer within 0.05 s`,
  });
  t.deepEqual([error.isTemporary, error.isOfServer], [true, true]);
  const end = new AbortController();
  const waiting = client({ signal: end.signal }).get('runs/get', {}, version);
  end.abort(new Error('the command ends'));
  await t.throwsAsync(waiting, { message: 'the command ends' });
});

test('a program that computes for longer than an answer may take still takes it', async (t) => {
  const { client } = await startServer(t, () => answer);
  const timeouts = { call: 2000, file: 2000 };
  const asked = client({ timeouts }).post('runs/create', {}, version, { once: true });
  await new Promise(setImmediate);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2200);
  t.deepEqual(await asked, { version: '1' });
});

test('no server at all is said with the reason', async (t) => {
  const address = `http://127.0.0.1:${await freePort()}`;
  const client = new MlflowClient({ address, authorization: undefined }, { pause: 1 });
  await t.throwsAsync(client.get('runs/get', {}, version), {
    instanceOf: MlflowError,
    message: `${address}: runs/get: no answer: ECONNREFUSED`,
  });
});
