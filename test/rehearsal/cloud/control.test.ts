import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CloudClient } from '../../../rehearsal/client.ts';
import { createControl } from '../../../rehearsal/cloud/control.ts';
import type { BootedMachine, FleetMember } from '../../../rehearsal/cloud/member.ts';
import type { Policy } from '../../../rehearsal/permissions/principal.ts';
import { placeOf } from '../../../rehearsal/place.ts';
import { listen } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ports as balancerPorts, byId, member } from '../fleet.ts';

const status = { certificateArn: 'arn:certificate', storeEndpoint: 'http://169.254.169.252:443', ports: balancerPorts };

async function control(t: ExecutionContext, members?: Map<string, FleetMember>) {
  const records = await temporaryFolder(t);
  let stops = 0;
  const stop = () => stops++;
  const policies: Policy[] = [];
  const usePolicy = (policy: Policy) => void policies.push(policy);
  const answer = createControl({ token: 'the-token', records, ...status, members: () => members, usePolicy, stop });
  const server = createServer((request, response) => void answer(request, response));
  const ports = { api: await listen(t, server), https: 0, http: 0 };
  const clientWith = (token: string) => new CloudClient({ ...placeOf(records, 'rehearsal'), ports }, { token });
  const client = clientWith('the-token');
  const statusOf = async (path: string, headers = {}) =>
    (await fetch(`${client.endpoint}/_rehearsal/${path}`, { headers })).status;
  return { records, clientWith, client, stops: () => stops, statusOf, policies };
}

async function writeBootstrapLogs(folder: string): Promise<void> {
  await mkdir(join(folder, 'intent-fleet'), { recursive: true });
  await writeFile(join(folder, 'intent-fleet/recap.json'), '{"failed":0}');
  await writeFile(join(folder, 'intent-fleet/bootstrap.log'), 'one\ntwo\n');
}

const logs = { recap: '{"failed":0}', bootstrap: 'one\ntwo', service: '', proxy: '' };

test('a request without the right token is refused', async (t) => {
  const { clientWith, stops, statusOf } = await control(t);
  for (const token of ['', 'another', 'the-token-and-more']) {
    const message = 'The rehearsal answered 403: {"error":"Invalid bearer token"}';
    await t.throwsAsync(clientWith(token).stop(), { message });
  }
  t.is(await statusOf('status'), 403);
  t.is(stops(), 0);
});

test('the status, before machines can boot and after', async (t) => {
  t.deepEqual(await (await control(t)).client.status(), {
    ready: false,
    ...status,
    keepsTemplateTags: true,
    obeysRules: true,
  });
  t.deepEqual(await (await control(t, byId())).client.status(), {
    ready: true,
    ...status,
    keepsTemplateTags: true,
    obeysRules: true,
  });
});

test('a machine is crashed, and an unknown one is an error', async (t) => {
  let crashes = 0;
  const machine = { crash: async () => void crashes++ } as BootedMachine;
  const { client } = await control(t, byId(member('i-1', { machine })));
  await client.crash('i-1');
  t.is(crashes, 1);
  await t.throwsAsync(client.crash('i-2'), { message: 'There is no machine i-2' });
});

test('logs are those of a running machine, or the records of a removed one', async (t) => {
  const machine = { root: await temporaryFolder(t) } as BootedMachine;
  const { client, records } = await control(t, byId(member('i-1', { machine })));
  await writeBootstrapLogs(join(machine.root, 'var/log'));
  await writeBootstrapLogs(join(records, 'i-0a', 'log'));
  t.deepEqual(await client.logs('i-1'), logs);
  t.deepEqual(await client.logs('i-0a'), logs);
  await writeBootstrapLogs(join(records, 'other', 'log'));
  for (const id of ['i-0b', 'other', '..%2Fother', '..', '']) t.is(await client.logs(id), undefined, id);
});

test('a client limits the access key to a policy, with the right token', async (t) => {
  const { client, clientWith, policies } = await control(t);
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  await client.usePolicy(policy);
  t.deepEqual(policies, [policy]);
  await t.throwsAsync(clientWith('another').usePolicy(policy), { message: /403/ });
  t.is(policies.length, 1);
});

test('a client stops the cloud, and an unknown path or method is not found', async (t) => {
  const { client, statusOf, stops } = await control(t);
  const headers = { authorization: 'Bearer the-token' };
  t.is(await statusOf('nothing', headers), 404);
  t.is(await statusOf('stop', headers), 404);
  t.is(stops(), 0);
  await client.stop();
  t.is(stops(), 1);
});
