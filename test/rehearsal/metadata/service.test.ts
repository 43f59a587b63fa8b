import { request } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import type { DesiredInstance } from '../../../rehearsal/emulator/desired-state.ts';
import { CredentialIssuer } from '../../../rehearsal/metadata/credentials.ts';
import { createMetadataService } from '../../../rehearsal/metadata/service.ts';
import { metadataOf } from '../../../rehearsal/metadata/tree.ts';
import { listen } from '../../support/servers.ts';
import { instance } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';

const machine = instance('i-1', { role: 'fleet-role', userData: '#!/bin/sh\n' });

async function service(t: ExecutionContext, served: DesiredInstance | undefined = machine) {
  const issuer = new CredentialIssuer();
  const clock = new ManualClock();
  const tree = () => served && metadataOf(served, 'eu-central-1', () => issuer.of(served.id));
  const server = createMetadataService(tree, () => clock.now());
  const port = await listen(t, server);
  // All of 127.0.0.0/8 is this machine; a request from another address there stands for another machine.
  const ask = (method: string, path: string, headers: Record<string, string> = {}, from = '127.0.0.1') =>
    new Promise<[status: number, body: string, ttl: string | undefined]>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, path, headers, localAddress: from, agent: false };
      const outgoing = request(options, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          body += chunk;
        });
        const ttl = response.headers['x-aws-ec2-metadata-token-ttl-seconds'];
        response.on('end', () => resolve([response.statusCode ?? 0, body, ttl as string | undefined]));
      });
      outgoing.on('error', reject).end();
    });
  const token = async (seconds: number | string = 60, from?: string) => {
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) };
    return ask('PUT', '/latest/api/token', headers, from);
  };
  const get = async (path: string) => {
    const [, given] = await token();
    const [status, body] = await ask('GET', path, { 'x-aws-ec2-metadata-token': given });
    return status === 200 ? body : status;
  };
  return { clock, issuer, ask, token, get };
}

test('a request without a valid token is refused', async (t) => {
  const { ask } = await service(t);
  t.deepEqual(await ask('GET', '/latest/meta-data/instance-id'), [401, 'Unauthorized', undefined]);
  t.deepEqual(await ask('GET', '/latest/meta-data/instance-id', { 'x-aws-ec2-metadata-token': 'guessed' }), [
    401,
    'Unauthorized',
    undefined,
  ]);
});

test('a token is valid for one second to six hours', async (t) => {
  const { token, ask } = await service(t);
  const [status, given, ttl] = await token(21_600);
  t.deepEqual([status, ttl], [200, '21600']);
  t.is(given.length, 43);
  for (const wrong of [0, 21_601, -1, 'soon', '']) t.is((await token(wrong))[0], 400, String(wrong));
  t.is((await ask('PUT', '/latest/api/token'))[0], 400);
});

test('a token is valid for the machine that requested it', async (t) => {
  const { token, ask } = await service(t);
  const [, theirs] = await token(60, '127.0.0.2');
  const headers = { 'x-aws-ec2-metadata-token': theirs };
  t.is((await ask('GET', '/latest/meta-data/instance-id', headers))[0], 401);
  t.is((await ask('GET', '/latest/meta-data/instance-id', headers, '127.0.0.2'))[0], 200);
});

test('a token expires', async (t) => {
  const { clock, token, ask } = await service(t);
  const [, given] = await token(1);
  const headers = { 'x-aws-ec2-metadata-token': given };
  await clock.advance(999);
  t.is((await ask('GET', '/latest/user-data', headers))[0], 200);
  await clock.advance(1);
  t.is((await ask('GET', '/latest/user-data', headers))[0], 401);
});

test('every version has the metadata of the machine', async (t) => {
  const { get } = await service(t);
  t.is(await get('/latest/user-data'), '#!/bin/sh\n');
  t.is(await get('/2009-04-04/meta-data/instance-id'), 'i-1');
  t.is(await get('/latest/meta-data/instance-id?x=1'), 'i-1');
  t.is(await get('/latest/meta-data/local-hostname'), 'ip-10-20-0-5');
  t.is(await get('/latest/meta-data/placement/region'), 'eu-central-1');
  t.is(await get('/latest/meta-data/public-keys/'), 404);
  t.deepEqual(JSON.parse(String(await get('/latest/dynamic/instance-identity/document'))), {
    accountId: '123456789012',
    architecture: 'x86_64',
    availabilityZone: 'eu-central-1a',
    imageId: 'ami-1',
    instanceId: 'i-1',
    instanceType: 't3.small',
    privateIp: '10.20.0.5',
    region: 'eu-central-1',
    version: '2017-09-30',
  });
});

test('a folder is answered by a list of its names', async (t) => {
  const { get } = await service(t);
  t.is(await get('/latest/'), 'user-data\ndynamic/\nmeta-data/');
  t.is(await get('/latest/meta-data/placement'), 'availability-zone\nregion');
  t.is(
    await get('/latest/meta-data/'),
    'ami-id\nhostname\ninstance-id\ninstance-type\nlocal-hostname\nlocal-ipv4\nplacement/\niam/',
  );
  t.is(await get('/latest/meta-data/iam/security-credentials/'), 'fleet-role');
});

test("a machine gets its role's credentials, which are renewed after half of their lifetime", async (t) => {
  const { get, issuer } = await service(t);
  const path = '/latest/meta-data/iam/security-credentials/fleet-role';
  const { LastUpdated, ...document } = JSON.parse(String(await get(path))) as Record<string, string>;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = issuer.of('i-1');
  t.regex(LastUpdated ?? '', /^\d{4}-\d\d-\d\dT/);
  t.deepEqual(document, {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration.toISOString(),
  });
  t.is(issuer.find(accessKeyId), issuer.of('i-1'));
  expiration.setTime(Date.now() + 2 * 3_600_000);
  t.not(issuer.of('i-1').accessKeyId, accessKeyId);
  t.is(issuer.find(accessKeyId), undefined);
});

test('the credentials of a removed machine are not valid any more', (t) => {
  const issuer = new CredentialIssuer();
  const { accessKeyId } = issuer.of('i-1');
  t.not(issuer.of('i-2').accessKeyId, accessKeyId);
  issuer.forget('i-1');
  t.is(issuer.find(accessKeyId), undefined);
});

test('a machine without a role has no credentials', async (t) => {
  const { get } = await service(t, instance('i-1'));
  t.is(await get('/latest/meta-data/iam/security-credentials/'), 404);
});

test('an address that no machine has gets no metadata', async (t) => {
  const port = await listen(
    t,
    createMetadataService(() => undefined),
  );
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = await (await fetch(`http://127.0.0.1:${port}/latest/api/token`, { method: 'PUT', headers })).text();
  const response = await fetch(`http://127.0.0.1:${port}/latest/user-data`, {
    headers: { 'x-aws-ec2-metadata-token': token },
  });
  t.is(response.status, 404);
});

test('invalid paths are refused or not found, and the service continues', async (t) => {
  const { get, ask } = await service(t);
  t.is((await ask('GET', '//'))[0], 401);
  t.is(await get('//'), 'user-data\ndynamic/\nmeta-data/');
  t.is(await get('/latest/meta-data/%zz'), 404);
  t.is(await get('/latest/meta-data/instance-id'), 'i-1');
});
