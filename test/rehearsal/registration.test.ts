import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { identify } from '../../common/processes.ts';
import { CloudClient } from '../../rehearsal/client.ts';
import { placeOf } from '../../rehearsal/place.ts';
import { register, registered, unregister } from '../../rehearsal/registration.ts';
import { connect } from '../../rehearsal/start.ts';
import { listen } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function place(t: ExecutionContext) {
  const folder = await temporaryFolder(t);
  return { ...placeOf(folder, 'rehearsal'), folder, ports: { api: 1, https: 2, http: 3 } };
}

async function sleeper(t: ExecutionContext) {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  return { child, pid: child.pid ?? 0 };
}

test('only the owner can read the registration of a running cloud', async (t) => {
  const there = await place(t);
  const { pid } = await sleeper(t);
  const keys = { token: 'the-token', accessKey: { accessKeyId: 'key', secretAccessKey: 'secret' } };
  await register(there, pid, keys);
  t.deepEqual(await readdir(there.folder), ['cloud.json']);
  t.is((await stat(join(there.folder, 'cloud.json'))).mode & 0o777, 0o600);
  t.deepEqual(await registered(there), { ...identify(pid), ...keys } as never);
  for (let times = 0; times < 2; times++) await unregister(there);
  t.is(await registered(there), undefined);
});

test('a cloud that has ended is not registered any more, and a file that cannot be read is ignored', async (t) => {
  const there = await place(t);
  const { child, pid } = await sleeper(t);
  await register(there, pid, { token: 'token' });
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.is(await registered(there), undefined);
  await register(there, pid, { token: 'token' });
  t.is(await registered(there), undefined);
  await writeFile(join(there.folder, 'cloud.json'), '{"pid":');
  t.is(await registered(there), undefined);
});

test('there is no client of a cloud that refuses connections, or accepts them and does not answer in time', async (t) => {
  const there = await place(t);
  await register(there, (await sleeper(t)).pid, { token: 'token' });
  t.is(await connect(there), undefined);
  there.ports.api = await listen(t, createServer());
  t.is(await connect(there, 50), undefined);
});

test('a cloud of an earlier version, which registers no access key, takes any', async (t) => {
  const there = await place(t);
  const own = { accessKeyId: 'key', secretAccessKey: 'secret' };
  t.deepEqual(new CloudClient(there, { token: 'token', accessKey: own }).accessKey, own);
  const any = { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' };
  t.deepEqual(new CloudClient(there, { token: 'token' }).accessKey, any);
});
