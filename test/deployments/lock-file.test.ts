import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { identify } from '../../common/processes.ts';
import { LockFile } from '../../deployments/lock-file.ts';
import { withStageLock } from '../../deployments/stage-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { assertOneAtATime, holderWith } from './holders.ts';

async function lockIn(t: ExecutionContext, content?: string) {
  const folder = join(await temporaryFolder(t), 'state');
  const path = join(folder, 'rehearsal.lock');
  if (content !== undefined) {
    await mkdir(folder);
    await writeFile(path, content);
  }
  const lines: string[] = [];
  const hold = <T>(work: () => Promise<T>, command = 'make plan') =>
    withStageLock([new LockFile(path)], command, (line) => lines.push(line), work);
  return { path, lines, hold, files: () => readdir(folder) };
}

test('the lock names its holder while the work is done, and is gone afterwards', async (t) => {
  const { path, hold, files } = await lockIn(t);
  const result = await hold(async () => {
    const { since, user, ...rest } = JSON.parse(await readFile(path, 'utf8'));
    t.deepEqual(rest, { command: 'make plan', process: identify(process.pid), host: hostname() });
    t.true(Date.now() - Date.parse(since) < 10_000);
    t.is(typeof user, 'string');
    return 'done';
  });
  t.is(result, 'done');
  t.deepEqual(await files(), []);
});

test('the lock is gone after a failure', async (t) => {
  const { hold, files } = await lockIn(t);
  const error = new Error('no plan');
  t.is(await t.throwsAsync(hold(() => Promise.reject(error))), error);
  t.deepEqual(await files(), []);
});

test('several commands hold the lock one after another', async (t) => {
  const { hold } = await lockIn(t);
  await assertOneAtATime(t, hold, 3);
});

test('a command waits for a running one, says for whom, and goes on when that one is done', async (t) => {
  const { path, lines, hold } = await lockIn(t, holderWith({ host: hostname() }));
  const working = hold(async () => 'done');
  while (lines.length === 0) await delay(5);
  await rm(path);
  t.is(await working, 'done');
  t.is(
    lines[0],
    `Waiting for \`make apply\` of ann on ${hostname()} (process ${process.pid}, since 2026-01-01T00:00:00.000Z)`,
  );
});

test('a command waits for one on another host, and says what to do if that one has ended', async (t) => {
  const elsewhere = holderWith({ host: 'elsewhere', process: { pid: 1, startTicks: '0' } });
  const { path, lines, hold } = await lockIn(t, elsewhere);
  const working = hold(async () => 'done');
  while (lines.length === 0) await delay(5);
  await rm(path);
  await working;
  t.is(
    lines[0],
    `Waiting for \`make apply\` of ann on elsewhere (process 1, since 2026-01-01T00:00:00.000Z); if it has ended, remove ${path}`,
  );
});

test('the lock of a command that was killed counts for nothing', async (t) => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const killed = holderWith({ host: hostname(), process: identify(child.pid ?? 0) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { lines, hold, files } = await lockIn(t, killed);
  t.is(await hold(async () => 'done'), 'done');
  t.deepEqual([lines, await files()], [[], []]);
});

for (const text of ['', '{"comm', '{}', '[]', 'null']) {
  test(`a lock with the content ${JSON.stringify(text)} counts for nothing`, async (t) => {
    const { hold, files } = await lockIn(t, text);
    t.is(await hold(async () => 'done'), 'done');
    t.deepEqual(await files(), []);
  });
}
