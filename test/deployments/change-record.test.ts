import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { identify, isAlive } from '../../common/processes.ts';
import { ChangeRecord } from '../../deployments/change-record.ts';
import { TerraformKilledError } from '../../terraform/terraform.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function recordIn(t: ExecutionContext, content?: string) {
  const folder = join(await temporaryFolder(t), 'state');
  const path = join(folder, 'rehearsal.changing');
  if (content !== undefined) {
    await mkdir(folder);
    await writeFile(path, content);
  }
  const lines: string[] = [];
  const record = new ChangeRecord(path);
  const settle = () => record.settle((line) => lines.push(line));
  const read = async () => JSON.parse(await readFile(path, 'utf8'));
  return { record, lines, settle, read, files: () => readdir(folder) };
}

test('a change is on record from before Terraform starts until it has ended', async (t) => {
  const { record, read, settle, files } = await recordIn(t);
  const result = await record.during(async (onStart) => {
    t.deepEqual(await read(), {});
    onStart(process.pid);
    t.deepEqual(await read(), { terraform: identify(process.pid) });
    return 'done';
  });
  t.is(result, 'done');
  t.deepEqual([await files(), await settle()], [[], false]);
});

test('the record of a change that fails is removed, that of a killed Terraform stays', async (t) => {
  const { record, files } = await recordIn(t);
  const fail = (error: Error) => t.throwsAsync(record.during(() => Promise.reject(error)));
  await fail(new Error('terraform apply failed'));
  t.deepEqual(await files(), []);
  await fail(new TerraformKilledError('terraform apply was killed by SIGKILL'));
  t.deepEqual(await files(), ['rehearsal.changing']);
  await record.clear();
  t.deepEqual(await files(), []);
});

test('a Terraform that has survived its command is waited for', async (t) => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const { lines, settle } = await recordIn(t, JSON.stringify({ terraform: identify(child.pid ?? 0) }));
  const settling = settle();
  while (lines.length === 0) await delay(5);
  child.kill();
  t.true(await settling);
  t.is(lines[0], `Terraform (process ${child.pid}) of a command that was killed finishes its current operations`);
});

test('the provider of a Terraform that was killed is ended with its process group', async (t) => {
  const script = 'sleep 60 & echo $!; wait';
  const leader = execa('sh', ['-c', script], { detached: true, reject: false, stdin: 'ignore' });
  const [provider] = (await once(leader.stdout, 'data')).map(Number);
  const [terraform, survivor] = [identify(leader.pid ?? 0), identify(provider ?? 0)];
  process.kill(leader.pid ?? 0, 'SIGKILL');
  while (terraform && isAlive(terraform)) await delay(5);
  t.true(survivor && isAlive(survivor));
  const { lines, settle } = await recordIn(t, JSON.stringify({ terraform }));
  t.true(await settle());
  while (survivor && isAlive(survivor)) await delay(5);
  t.deepEqual(lines, []);
  await leader;
});

test('a process that reuses the id of a former Terraform is left alone', async (t) => {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  t.teardown(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  const { settle } = await recordIn(t, JSON.stringify({ terraform: { pid: child.pid, startTicks: '0' } }));
  t.true(await settle());
  t.is(child.exitCode, null);
  t.truthy(identify(child.pid ?? 0));
});

for (const text of ['', '{"terra', '{}', '{"terraform":1}']) {
  test(`a record with the content ${JSON.stringify(text)} says that something was changed`, async (t) => {
    const { settle } = await recordIn(t, text);
    t.true(await settle());
  });
}
