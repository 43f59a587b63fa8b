import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { MetricsFile } from '../../common/metrics-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The umask of a process is not for a worker thread to set.
const script = `
import { MetricsFile } from '${import.meta.resolve('../../common/metrics-file.ts')}';
process.umask(0o077);
const file = new MetricsFile(process.argv[1], console.log);
await file.write('one 1\\n');
await file.write('two 2\\n');
`;

test('the file is replaced as a whole, and everybody may read it, whatever the umask is', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'metrics.prom');
  await execa(process.execPath, ['--input-type=module', '--eval', script, path]);
  t.is(await readFile(path, 'utf8'), 'two 2\n');
  t.is((await stat(path)).mode & 0o777, 0o644);
  t.deepEqual(await readdir(folder), ['metrics.prom']);
});

test('that it cannot be written is said once', async (t) => {
  const folder = join(await temporaryFolder(t), 'run');
  const reports: string[] = [];
  const file = new MetricsFile(join(folder, 'metrics.prom'), (sentence) => reports.push(sentence));
  await file.write('');
  await file.write('');
  const sentence = `metrics are not written: ENOENT: no such file or directory, open '${folder}/metrics.prom.new'`;
  t.deepEqual(reports, [sentence]);
  await mkdir(folder);
  await file.write('');
  t.deepEqual(await readdir(folder), ['metrics.prom']);
  t.deepEqual(reports, [sentence]);
});
