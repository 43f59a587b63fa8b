import { createServer, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import test, { type ExecutionContext } from 'ava';
import { forwardTo } from '../../../rehearsal/gateway/forward.ts';
import { createGateway } from '../../../rehearsal/gateway/gateway.ts';
import { listen } from '../../support/servers.ts';
import { accessKey, admitAll, fetchSigned, type SignedRequest, signedHeaders } from './signed.ts';

/** A gateway in front of an emulator that keeps objects in memory and records the other requests. */
async function gateway(t: ExecutionContext) {
  const objects = new Map<string, string>();
  const forwarded: string[] = [];
  const emulator = createServer(async (incoming, response) => {
    const [path = '', query] = (incoming.url ?? '').split('?');
    const body = await text(incoming);
    forwarded.push(`${incoming.method} ${incoming.url} ${body}`.trim());
    if (incoming.method === 'PUT') objects.set(decodeURIComponent(path), body);
    response.writeHead(200, { 'content-type': query ? 'application/xml' : 'text/plain' });
    response.end(objects.get(decodeURIComponent(path)) ?? '<Answer/>');
  });
  const server = createGateway({
    forward: forwardTo(await listen(t, emulator)),
    admit: admitAll(),
    answers: {},
    onChange: () => undefined,
    control: async (_, response) => void response.end('control'),
  });
  const port = await listen(t, server);
  const endpoint = `http://127.0.0.1:${port}`;
  const clientWith = (credentials = accessKey) => ({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  return { endpoint, port, forwarded, objects, clientWith };
}

const object = { Bucket: 'releases', Key: "a folder/ä+b=c&d%20'(1)*!~.json" };

test('calls of the SDK in every protocol are forwarded', async (t) => {
  const { clientWith, forwarded } = await gateway(t);
  await new AutoScalingClient(clientWith()).send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ['ä & b'] }),
  );
  await new EC2Client(clientWith()).send(new DescribeVpcsCommand({}));
  const json = new ACMClient(clientWith()).send(new ListCertificatesCommand({}));
  await t.throwsAsync(json, { name: 'SyntaxError' });
  t.deepEqual(forwarded, [
    'POST / Action=DescribeAutoScalingGroups&Version=2011-01-01&AutoScalingGroupNames.member.1=%C3%A4%20%26%20b',
    'POST / Action=DescribeVpcs&Version=2016-11-15',
    'POST / {}',
  ]);
});

test('everybody is told who they are', async (t) => {
  const { clientWith, forwarded } = await gateway(t);
  const { $metadata: _, ...identity } = await new STSClient(clientWith()).send(new GetCallerIdentityCommand({}));
  t.deepEqual(identity, {
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:user/administrator',
    UserId: 'AIDAREHEARSAL00000000',
  });
  t.deepEqual(forwarded, []);
});

test('objects are written and read, whatever characters their keys have', async (t) => {
  const { clientWith, objects } = await gateway(t);
  const s3 = new S3Client({ ...clientWith(), forcePathStyle: true });
  await s3.send(
    new PutObjectCommand({ ...object, Body: 'content ü', Metadata: { owner: 'us' }, Tagging: 'a=b&c=d%20e' }),
  );
  t.deepEqual([...objects], [[`/releases/${object.Key}`, 'content ü']]);
  const { Body } = await s3.send(new GetObjectCommand(object));
  t.is(await Body?.transformToString(), 'content ü');
  await t.notThrowsAsync(
    s3.send(new ListObjectsV2Command({ Bucket: 'releases', Prefix: 'a folder/ä+', Delimiter: '/' })),
  );
});

test('a stream is written in chunks, whose hash is not signed', async (t) => {
  const { clientWith, forwarded } = await gateway(t);
  const s3 = new S3Client({ ...clientWith(), forcePathStyle: true });
  const Body = Readable.from([Buffer.from('content')]);
  await s3.send(new PutObjectCommand({ Bucket: 'releases', Key: 'key', Body, ContentLength: 7 }));
  t.is(forwarded.length, 1);
  t.regex(
    forwarded[0] ?? '',
    /^PUT \/releases\/key\?x-id=PutObject (?:7\r\ncontent\r\n0\r\nx-amz-checksum-crc32:.+|content$)/,
  );
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/x-amz-json-1.1' };
const query = { service: 'ec2', method: 'POST', headers: form, body: 'Action=DescribeVpcs' };

const accepted: Record<string, [path: string, request: SignedRequest]> = {
  'a call that does not declare the hash of its body': ['/', { ...query, declaresHash: false }],
  'a call without a body that declares no hash': ['/2015-03-31/functions', { service: 'lambda', declaresHash: false }],
  'a path with escapes, of a service that signs it encoded twice': ['/v1/a%20b/%3A', { service: 'apigateway' }],
  'a path with a repeated slash': ['/releases//a//b', {}],
  'parameters that are repeated, empty, encoded, or in another order': ['/releases?uploads&b=2&b=1&a=%2B%20&c=x+y', {}],
  'an unsigned payload': [
    '/releases/key',
    { method: 'PUT', body: 'content', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
  ],
  'a header with spaces': ['/releases', { headers: { 'x-amz-meta-a': '  a   b ' } }],
  'a clock that is 14 minutes late': ['/releases', { date: new Date(Date.now() - 14 * 60_000) }],
  'a clock that is 14 minutes early': ['/releases', { date: new Date(Date.now() + 14 * 60_000) }],
};

for (const [what, [path, signed]] of Object.entries(accepted)) {
  test(`accepts ${what}`, async (t) => {
    const { endpoint, forwarded } = await gateway(t);
    const response = await fetchSigned(`${endpoint}${path}`, signed);
    t.is(response.status, 200, await response.text());
    t.deepEqual(forwarded, [`${signed.method ?? 'GET'} ${path} ${signed.body ?? ''}`.trim()]);
  });
}

/** The code and message of a refusal, in the form of the request's protocol. */
async function refusalOf(response: Response) {
  const body = await response.text();
  const type = response.headers.get('content-type');
  if (type === 'application/x-amz-json-1.1') {
    const { __type: code, message } = JSON.parse(body);
    return [response.status, 'json', code, response.headers.get('x-amzn-errortype') === code ? message : 'no header'];
  }
  const form = body.startsWith('<Response>') ? 'ec2' : body.startsWith('<ErrorResponse') ? 'query' : 's3';
  const [, code, message] = /<Code>(.+)<\/Code><Message>(.+)<\/Message>/.exec(body) ?? [];
  return [response.status, form, code, message];
}

const requests: Record<string, SignedRequest> = {
  ec2: query,
  query: { ...query, service: 'autoscaling' },
  json: { service: 'acm', method: 'POST', headers: json, body: '{}' },
  s3: { method: 'PUT', body: 'content' },
};

interface Refused {
  /** Of the signed request; undefined for one without a signature. */
  change?: SignedRequest;
  codes: [query: string, json: string, s3: string];
  message: string;
}

const wrongSignature: Pick<Refused, 'codes' | 'message'> = {
  codes: ['SignatureDoesNotMatch', 'InvalidSignatureException', 'SignatureDoesNotMatch'],
  message:
    'The request signature we calculated does not match the signature you provided. ' +
    'Check your AWS Secret Access Key and signing method.',
};

const wrongTime: Pick<Refused, 'codes' | 'message'> = {
  codes: ['SignatureDoesNotMatch', 'InvalidSignatureException', 'RequestTimeTooSkewed'],
  message: 'The difference between the request time and the current time is more than 15 minutes.',
};

const refused: Record<string, Refused> = {
  'without a signature': {
    codes: ['MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'AccessDenied'],
    message: 'Request is missing Authentication Token',
  },
  'with another access key': {
    change: { key: { ...accessKey, accessKeyId: 'rehearsal' } },
    codes: ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId'],
    message: 'The security token included in the request is invalid: this rehearsal has another access key.',
  },
  'with another secret': { change: { key: { ...accessKey, secretAccessKey: 'rehearsal' } }, ...wrongSignature },
  'with a session token': { change: { key: { ...accessKey, sessionToken: 'token' } }, ...wrongSignature },
  'that is 16 minutes old': { change: { date: new Date(Date.now() - 16 * 60_000) }, ...wrongTime },
  'of the future': { change: { date: new Date(Date.now() + 16 * 60_000) }, ...wrongTime },
};

for (const [what, { change, codes, message }] of Object.entries(refused)) {
  test(`refuses a request ${what}, in the form of its protocol`, async (t) => {
    const { endpoint, forwarded } = await gateway(t);
    const [query, json, s3] = codes;
    const codeOf: Record<string, string> = { ec2: query, query, json, s3 };
    for (const [protocol, signed] of Object.entries(requests)) {
      const { method = 'GET', body = null, headers = {} } = signed;
      const response = change
        ? await fetchSigned(endpoint, { ...signed, ...change })
        : await fetch(endpoint, { method, body, headers });
      // A call without a signature does not name its service.
      const form = !change && protocol === 'ec2' ? 'query' : protocol;
      t.deepEqual(await refusalOf(response), [403, form, codeOf[protocol], message]);
    }
    t.deepEqual(forwarded, []);
  });
}

test('a signature is valid for one body, whether its hash is declared or not', async (t) => {
  const { endpoint, forwarded } = await gateway(t);
  for (const [declaresHash, code] of [
    [true, 'XAmzContentSHA256Mismatch'],
    [false, 'SignatureDoesNotMatch'],
  ] as const) {
    const headers = await signedHeaders(`${endpoint}/releases/key`, { method: 'PUT', body: 'content', declaresHash });
    const response = await fetch(`${endpoint}/releases/key`, { method: 'PUT', body: 'another', headers });
    t.like(await refusalOf(response), [403, 's3', code]);
  }
  t.deepEqual(forwarded, []);
});

test('a signature is valid for one path, one query and one method', async (t) => {
  const { endpoint, forwarded } = await gateway(t);
  const headers = await signedHeaders(`${endpoint}/releases/key?a=1`);
  for (const path of ['key?a=1&b', 'key?a=2', 'key', 'another?a=1', 'key/?a=1'])
    t.is((await fetch(`${endpoint}/releases/${path}`, { headers })).status, 403, path);
  t.is((await fetch(`${endpoint}/releases/key?a=1`, { method: 'DELETE', headers })).status, 403);
  t.deepEqual(forwarded, []);
  t.is((await fetch(`${endpoint}/releases/key?a=1`, { headers })).status, 200);
});

/** The status and body of a request that names a host. */
async function ask(port: number, path: string, host: string, headers = {}): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers: { ...headers, host } }, (response) => {
      text(response).then((body) => resolve([response.statusCode, body]), reject);
    });
    outgoing.on('error', reject).end();
  });
}

test('a request for another host is refused, also by the control API and with a valid signature', async (t) => {
  const { port, forwarded } = await gateway(t);
  const message = 'This server is 127.0.0.1 or localhost, with its port; the request is for another host.';
  const error = `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  const refusal = [403, `<?xml version="1.0" encoding="UTF-8"?>\n${error}`];
  for (const host of [`attacker.example:${port}`, '127.0.0.1', 'localhost', `127.0.0.1:${port + 1}`, `[::1]:${port}`]) {
    const headers = await signedHeaders(`http://${host}/releases`);
    t.deepEqual(await ask(port, '/releases', host, headers), refusal as never, host);
    t.deepEqual(await ask(port, '/_rehearsal/status', host), refusal as never, host);
  }
  t.deepEqual(forwarded, []);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    const headers = await signedHeaders(`http://${host}/releases`);
    t.deepEqual(await ask(port, '/releases', host, headers), [200, '<Answer/>']);
    t.deepEqual(await ask(port, '/_rehearsal/status', host), [200, 'control']);
  }
});
