import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CloudClient } from '../../../rehearsal/client.ts';
import { createControl } from '../../../rehearsal/cloud/control.ts';
import { placeOf } from '../../../rehearsal/place.ts';
import { listen } from '../servers.ts';
import { member, roster } from './members.ts';

async function control(t: ExecutionContext, members = roster()) {
  const records = await mkdtemp(join(tmpdir(), 'records-'));
  t.teardown(() => rm(records, { recursive: true, force: true }));
  let stops = 0;
  const answer = createControl({
    token: 'the-token',
    records,
    certificateArn: 'arn:certificate',
    storeEndpoint: 'http://169.254.169.252',
    cloud: () => (members.size > 0 ? ({ members } as never) : undefined),
    stop: () => stops++,
  });
  const api = await listen(
    t,
    createServer((request, response) => void answer(request, response)),
  );
  const place = { ...placeOf(records), ports: { api, https: 0, http: 0 } };
  const client = (token: string) => new CloudClient(place, { pid: 0, startTicks: '', token });
  return { records, client, ours: client('the-token'), stops: () => stops, api };
}

test('who does not know the token is refused', async (t) => {
  const { client, stops, api } = await control(t);
  for (const token of ['', 'another', 'the-token-and-more']) {
    await t.throwsAsync(client(token).stop(), {
      message: 'The rehearsal answered 403: {"error":"The token is not of this rehearsal"}',
    });
  }
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/status`)).status, 403);
  t.is(stops(), 0);
});

test('the status, before machines can boot and after', async (t) => {
  const common = { certificateArn: 'arn:certificate', storeEndpoint: 'http://169.254.169.252' };
  t.deepEqual(await (await control(t)).ours.status(), { ready: false, ...common, machines: [] });
  const { machines, ...status } = await (await control(t, roster(member('i-1')))).ours.status();
  t.deepEqual(status, { ready: true, ...common });
  t.like(machines[0], { id: 'i-1', state: 'running', health: 'healthy' });
});

test('it is asked to stop', async (t) => {
  const { ours, stops } = await control(t);
  await ours.stop();
  t.is(stops(), 1);
});

test('a machine is ended as a broken host would; one that is not there is said so', async (t) => {
  let crashes = 0;
  const machine = { crash: async () => void crashes++ } as never;
  const { ours } = await control(t, roster(member('i-1', { machine })));
  await ours.crash('i-1');
  t.is(crashes, 1);
  await t.throwsAsync(ours.crash('i-2'), { message: 'There is no machine i-2' });
});

test('the logs of a machine that is gone are those that were kept', async (t) => {
  const { ours, records } = await control(t);
  const log = join(records, 'i-0a', 'log');
  await mkdir(join(log, 'intent-fleet'), { recursive: true });
  await writeFile(join(log, 'intent-fleet/recap.json'), '{"failed":0}');
  await writeFile(join(log, 'intent-fleet/bootstrap.log'), 'one\ntwo\n');
  t.deepEqual(await ours.logs('i-0a'), { recap: '{"failed":0}', bootstrap: 'one\ntwo', service: '', proxy: '' });
});

test('logs are of machines, never of other files', async (t) => {
  const { ours, records } = await control(t);
  await mkdir(join(records, 'other/log'), { recursive: true });
  for (const id of ['i-0b', 'other', '..%2Fother', '..', '']) t.is(await ours.logs(id), undefined, id);
});

test('what is not there is not found, and nothing stops by being looked at', async (t) => {
  const { api, stops } = await control(t);
  const headers = { authorization: 'Bearer the-token' };
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/nothing`, { headers })).status, 404);
  t.is((await fetch(`http://127.0.0.1:${api}/_rehearsal/stop`, { headers })).status, 404);
  t.is(stops(), 0);
});
