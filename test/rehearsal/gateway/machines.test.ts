import { createServer, type IncomingHttpHeaders } from 'node:http';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { createGateway } from '../../../rehearsal/gateway/gateway.ts';
import type { Credentials } from '../../../rehearsal/gateway/signature.ts';
import { listen } from '../../support/servers.ts';
import { admitAll } from './signed.ts';

const issued: Credentials = {
  accessKeyId: 'ASIA0123456789ABCDEF',
  secretAccessKey: 'the-secret',
  sessionToken: 'the-token',
  expiration: new Date(Date.now() + 60_000),
};

/** A store in front of an emulator that has every object, and AWS's own client, which signs its requests. */
async function store(t: ExecutionContext, { known = issued, used = {} as Partial<Credentials> } = {}) {
  const requests: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const emulator = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    response.end('the release');
  });
  const forward = forwardTo(await listen(t, emulator));
  const server = createGateway({
    forward,
    admit: admitAll(known),
    answers: {},
    onChange: () => undefined,
  });
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const credentials = { ...issued, ...used };
  const s3 = new S3Client({ endpoint, region: 'eu-central-1', forcePathStyle: true, maxAttempts: 1, credentials });
  return { endpoint, requests, headers, s3 };
}

const place = { Bucket: 'releases', Key: 'releases/a b.tar.gz' };
const get = async (s3: S3Client) => (await s3.send(new GetObjectCommand(place))).Body?.transformToString();

test('a request with the credentials of a role reads an object', async (t) => {
  const { s3, requests } = await store(t);
  t.is(await get(s3), 'the release');
  t.deepEqual(requests, ['GET /releases/releases/a%20b.tar.gz?x-id=GetObject']);
});

const expired = { ...issued, expiration: new Date(Date.now() - 1) };
const refused = {
  'a wrong secret': [{ used: { secretAccessKey: 'another' } }, { name: 'SignatureDoesNotMatch' }],
  'a wrong token': [{ used: { sessionToken: 'another' } }, { name: 'SignatureDoesNotMatch' }],
  'a key that was not issued': [{ used: { accessKeyId: 'ASIA0000000000000000' } }, { name: 'InvalidAccessKeyId' }],
  'an expired token': [{ known: expired }, { name: 'ExpiredToken', message: 'The provided token has expired.' }],
} as const;

for (const [fault, [options, refusal]] of Object.entries(refused)) {
  test(`${fault} is refused`, async (t) => {
    const { s3, requests } = await store(t, options);
    await t.throwsAsync(get(s3), refusal);
    t.deepEqual(requests, []);
  });
}

test('unsigned requests are refused', async (t) => {
  const { endpoint, requests } = await store(t);
  const message = 'Request is missing Authentication Token';
  const refusal = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  for (const headers of [{}, { authorization: 'Bearer x' }]) {
    const response = await fetch(`${endpoint}/releases/key`, { headers });
    t.is(response.status, 403);
    t.is(await response.text(), `<?xml version="1.0" encoding="UTF-8"?>\n${refusal}`);
  }
  t.deepEqual(requests, []);
});

test('a signature is valid for one path, one query and one method', async (t) => {
  const { s3, endpoint, requests, headers } = await store(t);
  await get(s3);
  const { host, connection, ...signed } = headers[0] as Record<string, string>;
  const statusOf = async (path: string, method = 'GET') =>
    (await fetch(`${endpoint}/releases/${path}`, { method, headers: signed })).status;
  t.is(await statusOf('releases/a%20b.tar.gz?x-id=GetObject'), 200);
  t.is(await statusOf('releases/a%20b.tar.gz?x-id=GetObject', 'HEAD'), 403);
  t.is(await statusOf('releases/a%20b.tar.gz?x-id=Another'), 403);
  t.is(await statusOf('another?x-id=GetObject'), 403);
  t.is(requests.length, 2);
});
