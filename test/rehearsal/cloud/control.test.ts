import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CloudClient } from '../../../rehearsal/client.ts';
import { createControl } from '../../../rehearsal/cloud/control.ts';
import type { BootedMachine, FleetMember } from '../../../rehearsal/cloud/member.ts';
import { placeOf } from '../../../rehearsal/place.ts';
import { listen } from '../../support/servers.ts';
import { byId, member } from '../fleet.ts';

async function control(t: ExecutionContext, members?: Map<string, FleetMember>) {
  const records = await mkdtemp(join(tmpdir(), 'records-'));
  t.teardown(() => rm(records, { recursive: true, force: true }));
  let stops = 0;
  const answer = createControl({
    token: 'the-token',
    records,
    certificateArn: 'arn:certificate',
    storeEndpoint: 'http://169.254.169.252',
    members: () => members,
    stop: () => stops++,
  });
  const api = await listen(
    t,
    createServer((request, response) => void answer(request, response)),
  );
  const place = { ...placeOf(records), ports: { api, https: 0, http: 0 } };
  const clientWith = (token: string) => new CloudClient(place, { pid: 0, startTicks: '', token });
  return { records, clientWith, client: clientWith('the-token'), stops: () => stops, api };
}

async function writeBootstrapLogs(folder: string): Promise<void> {
  await mkdir(join(folder, 'intent-fleet'), { recursive: true });
  await writeFile(join(folder, 'intent-fleet/recap.json'), '{"failed":0}');
  await writeFile(join(folder, 'intent-fleet/bootstrap.log'), 'one\ntwo\n');
}

const logs = { recap: '{"failed":0}', bootstrap: 'one\ntwo', service: '', proxy: '' };

test('a request without the right token is refused', async (t) => {
  const { clientWith, stops, api } = await control(t);
  for (const token of ['', 'another', 'the-token-and-more']) {
    await t.throwsAsync(clientWith(token).stop(), {
      message: 'The rehearsal answered 403: {"error":"Invalid bearer token"}',
    });
  }
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/status`)).status, 403);
  t.is(stops(), 0);
});

test('the status, before machines can boot and after', async (t) => {
  const common = { certificateArn: 'arn:certificate', storeEndpoint: 'http://169.254.169.252' };
  t.deepEqual(await (await control(t)).client.status(), { ready: false, ...common });
  t.deepEqual(await (await control(t, byId())).client.status(), { ready: true, ...common });
});

test('a client stops the cloud', async (t) => {
  const { client, stops } = await control(t);
  await client.stop();
  t.is(stops(), 1);
});

test('a machine is crashed, and an unknown one is an error', async (t) => {
  let crashes = 0;
  const machine = { crash: async () => void crashes++ } as BootedMachine;
  const { client } = await control(t, byId(member('i-1', { machine })));
  await client.crash('i-1');
  t.is(crashes, 1);
  await t.throwsAsync(client.crash('i-2'), { message: 'There is no machine i-2' });
});

test('the logs of a running machine are read from its file system, those of a removed one from its records', async (t) => {
  const machine = { root: '' };
  const { client, records } = await control(t, byId(member('i-1', { machine: machine as BootedMachine })));
  machine.root = join(records, 'root');
  await writeBootstrapLogs(join(machine.root, 'var/log'));
  await writeBootstrapLogs(join(records, 'i-0a', 'log'));
  t.deepEqual(await client.logs('i-1'), logs);
  t.deepEqual(await client.logs('i-0a'), logs);
});

test('only machines have logs', async (t) => {
  const { client, records } = await control(t);
  await mkdir(join(records, 'other/log'), { recursive: true });
  for (const id of ['i-0b', 'other', '..%2Fother', '..', '']) t.is(await client.logs(id), undefined, id);
});

test('an unknown path or method is not found', async (t) => {
  const { api, stops } = await control(t);
  const headers = { authorization: 'Bearer the-token' };
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/nothing`, { headers })).status, 404);
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/stop`, { headers })).status, 404);
  t.is(stops(), 0);
});
