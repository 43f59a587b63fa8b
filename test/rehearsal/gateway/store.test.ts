import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import test, { type ExecutionContext } from 'ava';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { accessKeyOf, type Credentials } from '../../../rehearsal/gateway/signature.ts';
import { createStore } from '../../../rehearsal/gateway/store.ts';
import { listen } from '../../support/servers.ts';

const issued: Credentials = {
  accessKeyId: 'ASIA0123456789ABCDEF',
  secretAccessKey: 'the-secret',
  sessionToken: 'the-token',
  expiration: new Date(Date.now() + 60_000),
};

/** A store in front of an emulator that has every object, and AWS's own client, which signs its requests. */
async function store(t: ExecutionContext, known = issued) {
  const requests: string[] = [];
  const emulator = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.end('the release');
  });
  const server = createStore(forwardTo(await listen(t, emulator)), (key) =>
    key === known.accessKeyId ? known : undefined,
  );
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const client = (credentials: Partial<Credentials>) =>
    new S3Client({
      endpoint,
      region: 'eu-central-1',
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { ...issued, expiration: new Date(Date.now() + 3_600_000), ...credentials },
    });
  return { endpoint, requests, client };
}

const place = { Bucket: 'releases', Key: 'releases/a b.tar.gz' };
const get = async (client: S3Client) => (await client.send(new GetObjectCommand(place))).Body?.transformToString();

test('a request with the credentials of a role reads an object', async (t) => {
  const { client, requests } = await store(t);
  t.is(await get(client({})), 'the release');
  t.deepEqual(requests, ['GET /releases/releases/a%20b.tar.gz?x-id=GetObject']);
});

const refused = {
  'a wrong secret': [{ secretAccessKey: 'another' }, 'SignatureDoesNotMatch'],
  'a wrong token': [{ sessionToken: 'another' }, 'SignatureDoesNotMatch'],
  'a key that was not issued': [{ accessKeyId: 'ASIA0000000000000000' }, 'InvalidAccessKeyId'],
} as const;

for (const [fault, [credentials, name]] of Object.entries(refused)) {
  test(`${fault} is refused`, async (t) => {
    const { client, requests } = await store(t);
    await t.throwsAsync(get(client(credentials)), { name });
    t.deepEqual(requests, []);
  });
}

test('expired credentials are refused', async (t) => {
  const { client, requests } = await store(t, { ...issued, expiration: new Date(Date.now() - 1) });
  await t.throwsAsync(get(client({})), { name: 'ExpiredToken', message: 'The provided token has expired.' });
  t.deepEqual(requests, []);
});

test('unsigned requests are refused', async (t) => {
  const { endpoint, requests } = await store(t);
  const response = await fetch(`${endpoint}/releases/key`);
  t.is(response.status, 403);
  t.is(
    await response.text(),
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  );
  t.deepEqual(requests, []);
});

test('a signed request cannot write', async (t) => {
  const { client, requests } = await store(t);
  const put = client({}).send(new PutObjectCommand({ ...place, Body: 'mine' }));
  await t.throwsAsync(put, { name: 'AccessDenied', message: 'Machines only read' });
  t.deepEqual(requests, []);
});

test('a signature is valid for one path, one query and one method', async (t) => {
  const { client, endpoint, requests } = await store(t);
  const signed: Record<string, string> = {};
  const s3 = client({});
  s3.middlewareStack.add(
    (next) => (args) => {
      Object.assign(signed, (args.request as { headers: Record<string, string> }).headers);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await get(s3);
  const { host: _, ...headers } = signed;
  const statusOf = async (path: string, method = 'GET') =>
    (await fetch(`${endpoint}${path}`, { method, headers })).status;
  t.is(await statusOf('/releases/releases/a%20b.tar.gz?x-id=GetObject'), 200);
  t.is(await statusOf('/releases/releases/a%20b.tar.gz?x-id=GetObject', 'HEAD'), 403);
  t.is(await statusOf('/releases/releases/a%20b.tar.gz?x-id=Another'), 403);
  t.is(await statusOf('/releases/another?x-id=GetObject'), 403);
  t.is(requests.length, 2);
});

test('a signature by curl, as in the bootstrap, is accepted', async (t) => {
  const { endpoint } = await store(t);
  const { execa } = await import('execa');
  const empty = createHash('sha256').digest('hex');
  const { stdout } = await execa('curl', [
    ...['--silent', '--noproxy', '*', '--aws-sigv4', 'aws:amz:eu-central-1:s3'],
    ...['--user', `${issued.accessKeyId}:${issued.secretAccessKey}`],
    ...['--header', `x-amz-security-token: ${issued.sessionToken}`, '--header', `x-amz-content-sha256: ${empty}`],
    `${endpoint}/releases/key.tar.gz`,
  ]);
  t.is(stdout, 'the release');
});

test('the access key is read from the signature', (t) => {
  const request = (authorization?: string) => ({ headers: { authorization } }) as never;
  t.is(accessKeyOf(request(undefined)), undefined);
  t.is(accessKeyOf(request('Bearer x')), undefined);
  const signature = `SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  t.is(accessKeyOf(request(`AWS4-HMAC-SHA256 Credential=K/20260101/r/s3/aws4_request, ${signature}`)), 'K');
});
