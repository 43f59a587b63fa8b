import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import type { DesiredInstance } from '../../../rehearsal/emulator/desired-state.ts';
import { CredentialIssuer } from '../../../rehearsal/metadata/credentials.ts';
import { createMetadataService } from '../../../rehearsal/metadata/service.ts';
import { metadataOf } from '../../../rehearsal/metadata/tree.ts';
import { listen } from '../../support/servers.ts';
import { instance } from '../fleet.ts';
import { ManualClock } from '../manual-clock.ts';

const ttlHeader = 'x-aws-ec2-metadata-token-ttl-seconds';
const machine = instance('i-1', { role: 'fleet-role', userData: '#!/bin/sh\n' });

/** The metadata service of a machine; `gone` is one of an address that no machine has. */
async function service(t: ExecutionContext, served: DesiredInstance | 'gone' = machine) {
  const issuer = new CredentialIssuer();
  const clock = new ManualClock();
  const tree = () => (served === 'gone' ? undefined : metadataOf(served, 'eu-central-1', issuer.of(served.id)));
  const port = await listen(
    t,
    createMetadataService(tree, () => clock.now()),
  );
  // All of 127.0.0.0/8 is this machine; a request from another address there stands for another machine.
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, from = '127.0.0.1') => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers,
      localAddress: from,
      agent: false,
    }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: await text(response), ttl: response.headers[ttlHeader] };
  };
  const token = (seconds: number | string = 60, from?: string) =>
    ask('PUT', '/latest/api/token', { [ttlHeader]: String(seconds) }, from);
  const getWith = async (given: string, path: string, from?: string) => {
    const { status, body } = await ask('GET', path, { 'x-aws-ec2-metadata-token': given }, from);
    return status === 200 ? body : status;
  };
  const get = async (path: string) => getWith((await token()).body, path);
  return { clock, issuer, ask, token, getWith, get };
}

test('a request without a valid token is refused', async (t) => {
  const { ask } = await service(t);
  for (const headers of [{}, { 'x-aws-ec2-metadata-token': 'guessed' }]) {
    const { status, body } = await ask('GET', '/latest/meta-data/instance-id', headers);
    t.deepEqual([status, body], [401, 'Unauthorized']);
  }
});

test('a token is valid for one second to six hours', async (t) => {
  const { token, ask } = await service(t);
  const { status, body, ttl } = await token(21_600);
  t.deepEqual([status, ttl], [200, '21600']);
  t.regex(body, /^\d+\.[\w-]{43}$/);
  for (const wrong of [0, 21_601, -1, 'soon', '']) t.is((await token(wrong)).status, 400, String(wrong));
  t.is((await ask('PUT', '/latest/api/token')).status, 400);
});

test('a token is valid for the machine that requested it, until it expires', async (t) => {
  const { clock, token, getWith } = await service(t);
  const { body: theirs } = await token(1, '127.0.0.2');
  t.is(await getWith(theirs, '/latest/meta-data/instance-id'), 401);
  await clock.advance(999);
  t.is(await getWith(theirs, '/latest/meta-data/instance-id', '127.0.0.2'), 'i-1');
  await clock.advance(1);
  t.is(await getWith(theirs, '/latest/meta-data/instance-id', '127.0.0.2'), 401);
});

const document = {
  accountId: '123456789012',
  architecture: 'x86_64',
  availabilityZone: 'eu-central-1a',
  imageId: 'ami-1',
  instanceId: 'i-1',
  instanceType: 't3.small',
  privateIp: '10.20.0.5',
  region: 'eu-central-1',
  version: '2017-09-30',
};

const metadata = {
  '/latest/user-data': '#!/bin/sh\n',
  '/2009-04-04/meta-data/instance-id': 'i-1',
  '/latest/meta-data/instance-id?x=1': 'i-1',
  '/latest/meta-data/local-hostname': 'ip-10-20-0-5',
  '/latest/meta-data/placement/region': 'eu-central-1',
  '/latest/meta-data/public-keys/': 404,
  '/latest/meta-data/%zz': 404,
  '/latest/dynamic/instance-identity/document': JSON.stringify(document, null, 2),
  '/latest/': 'user-data\ndynamic/\nmeta-data/',
  '//': 'user-data\ndynamic/\nmeta-data/',
  '/latest/meta-data/placement': 'availability-zone\nregion',
  '/latest/meta-data/': 'ami-id\nhostname\ninstance-id\ninstance-type\nlocal-hostname\nlocal-ipv4\nplacement/\niam/',
  '/latest/meta-data/iam/security-credentials/': 'fleet-role',
};

test('every version has the metadata of the machine, and a folder is a list of its names', async (t) => {
  const { get } = await service(t);
  for (const [path, expected] of Object.entries(metadata)) t.is(await get(path), expected, path);
});

test("a machine gets its role's credentials, which are valid until they expire or it is removed", async (t) => {
  const { get, issuer } = await service(t);
  const path = '/latest/meta-data/iam/security-credentials/fleet-role';
  const { LastUpdated, Expiration, ...others } = JSON.parse(String(await get(path))) as Record<string, string>;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = issuer.of('i-1');
  t.regex(LastUpdated ?? '', /^\d{4}-\d\d-\d\dT/);
  t.is(Expiration, expiration.toISOString());
  const secrets = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken };
  t.deepEqual(others, { Code: 'Success', Type: 'AWS-HMAC', ...secrets });
  const first = issuer.of('i-1');
  t.deepEqual(issuer.find(accessKeyId), { instance: 'i-1', credentials: first });
  expiration.setTime(Date.now() + 2 * 3_600_000);
  const renewed = issuer.of('i-1').accessKeyId;
  t.is(new Set([accessKeyId, renewed, issuer.of('i-2').accessKeyId]).size, 3);
  t.is(issuer.of('i-1').accessKeyId, renewed);
  t.is(issuer.find(accessKeyId)?.credentials, first);
  issuer.forget('i-1');
  t.deepEqual(
    [accessKeyId, renewed].map((id) => issuer.find(id)),
    [undefined, undefined],
  );
});

test('there are no credentials without a role, and no metadata at an address that no machine has', async (t) => {
  const withoutRole = await service(t, instance('i-1'));
  t.is(await withoutRole.get('/latest/meta-data/iam/security-credentials/'), 404);
  const gone = await service(t, 'gone');
  t.is(await gone.get('/latest/user-data'), 404);
});
