import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { childrenOf, endProcess, identify, isAlive } from '../../common/processes.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { register } from '../../rehearsal/registration.ts';
import { removeCloud, stopCloud, sweep } from '../../rehearsal/stop.ts';
import { freePort, listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A registered process with a child, instead of a cloud; it ends at a request to stop. */
async function cloudProcess(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  const cloud = spawn('sh', ['-c', 'sleep 60 & echo ready; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const pid = cloud.pid ?? 0;
  const endCloud = () => [...childrenOf(pid), pid].forEach(endProcess);
  t.teardown(endCloud);
  await once(cloud.stdout, 'data');
  const requests: unknown[] = [];
  const server = createServer((request, response) => {
    requests.push([request.method, request.url, request.headers.authorization]);
    response.end('{}');
    endCloud();
  });
  const place = { ...placeOf(folder, 'rehearsal'), folder, ports: { api: await listen(t, server), https: 0, http: 0 } };
  await register(place, pid, { token: 'the-token' });
  const alive = [pid, ...childrenOf(pid)].map((id) => identify(id)).filter((process) => process !== undefined);
  return { place, requests, alive: () => alive.filter(isAlive).length };
}

test('a cloud is stopped by a request, and its registration is removed', async (t) => {
  const { place, requests, alive } = await cloudProcess(t);
  t.is(alive(), 2);
  await stopCloud(place);
  t.is(alive(), 0);
  t.deepEqual(requests, [['POST', '/_rehearsal/stop', 'Bearer the-token']]);
  t.false(existsSync(join(place.folder, 'cloud.json')));
});

test('a cloud that takes no request is killed', async (t) => {
  const { place, requests, alive } = await cloudProcess(t);
  const ports = { ...place.ports, api: await freePort() };
  await stopCloud({ ...place, ports });
  t.is(alive(), 0);
  t.deepEqual(requests, []);
  t.false(existsSync(join(place.folder, 'cloud.json')));
});

test('a sweep kills a cloud and its child without a request; then its folder is removed', async (t) => {
  const { place, requests, alive } = await cloudProcess(t);
  await sweep(place);
  t.is(alive(), 0);
  t.deepEqual(requests, []);
  t.false(existsSync(join(place.folder, 'cloud.json')));
  await t.notThrowsAsync(sweep(place));
  await removeCloud(place);
  t.false(existsSync(place.folder));
});
