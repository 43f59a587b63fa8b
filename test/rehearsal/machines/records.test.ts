import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { keepLogs, pruneRecords } from '../../../rehearsal/machines/records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function logsOf(t: ExecutionContext, sizes: Record<string, number>) {
  const folder = await temporaryFolder(t);
  const [from, to] = [join(folder, 'log'), join(folder, 'copy')];
  for (const [path, size] of Object.entries(sizes)) {
    await mkdir(join(from, path, '..'), { recursive: true });
    await writeFile(join(from, path), 'x'.repeat(size));
  }
  const copied = async () => {
    const entries = await readdir(to, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  return { from, to, copied };
}

test('logs are copied with their folders, without links', async (t) => {
  const { from, to } = await logsOf(t, { 'nginx/error.log': 5 });
  await symlink('/etc/passwd', join(from, 'link'));
  await keepLogs(from, to);
  t.deepEqual(await readdir(to), ['nginx']);
  t.is(await readFile(join(to, 'nginx/error.log'), 'utf8'), 'xxxxx');
});

test('a file that would exceed the limit is not copied, smaller ones are', async (t) => {
  const { from, to, copied } = await logsOf(t, { a: 60, b: 50, c: 40 });
  await keepLogs(from, to, { bytes: 100, machines: 1 });
  const names = await copied();
  t.true(['a,c', 'b,c'].includes(names.sort().join()), names.join());
});

test('a machine without logs has no copy', async (t) => {
  const folder = await temporaryFolder(t);
  await keepLogs(join(folder, 'none'), join(folder, 'copy'));
  t.deepEqual(await readdir(folder), []);
});

test('the oldest records are removed, except for those of running machines', async (t) => {
  const folder = await temporaryFolder(t);
  for (const [index, id] of ['i-running', 'i-1', 'i-2', 'i-3'].entries()) {
    await mkdir(join(folder, id, 'log'), { recursive: true });
    await utimes(join(folder, id), index, index);
  }
  const running = new Set(['i-running']);
  await pruneRecords(folder, running, { bytes: 1, machines: 3 });
  t.deepEqual((await readdir(folder)).sort(), ['i-1', 'i-2', 'i-3', 'i-running']);
  await pruneRecords(folder, running, { bytes: 1, machines: 2 });
  t.deepEqual((await readdir(folder)).sort(), ['i-2', 'i-3', 'i-running']);
});
