import { appendFile, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { RequestLog } from '../../../rehearsal/metrics/request-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function newLog(t: ExecutionContext) {
  const file = join(await temporaryFolder(t), 'requests.log');
  return { file, log: new RequestLog(file) };
}

test('each line is read once, when it is complete', async (t) => {
  const { file, log } = await newLog(t);
  await writeFile(file, 'one\ntwo\nth');
  t.deepEqual(log.read(), ['one', 'two']);
  t.deepEqual(log.read(), []);
  await appendFile(file, 'ree');
  t.deepEqual(log.read(), []);
  await appendFile(file, '\nfour\n');
  t.deepEqual(log.read(), ['three', 'four']);
});

test('a file that is not there yet, or no longer, has no lines', async (t) => {
  const { file, log } = await newLog(t);
  t.deepEqual(log.read(), []);
  await writeFile(file, 'one\n');
  t.deepEqual(log.read(), ['one']);
  await rm(file);
  t.deepEqual(log.read(), []);
  await writeFile(file, '2\n');
  t.deepEqual(log.read(), ['2']);
});

test('a file that has shrunk or was replaced by a shorter one is read from its start, without the rest of the old one', async (t) => {
  const { file, log } = await newLog(t);
  await writeFile(file, 'one\ntwo\nth');
  log.read();
  await truncate(file);
  await appendFile(file, 'four\n');
  t.deepEqual(log.read(), ['four']);
  await writeFile(`${file}.new`, '5\n');
  await rename(`${file}.new`, file);
  t.deepEqual(log.read(), ['5']);
});

test('a file of more than 4 MB is emptied after it was read, and a line that was cut is completed', async (t) => {
  const { file, log } = await newLog(t);
  const line = 'x'.repeat(1023);
  await writeFile(file, `${`${line}\n`.repeat(4096)}`);
  t.is(log.read().length, 4096);
  t.is((await stat(file)).size, 4 * 1024 * 1024);
  await appendFile(file, 'one\ntw');
  t.deepEqual(log.read(), ['one']);
  t.is(await readFile(file, 'utf8'), '');
  await appendFile(file, 'o\nthree\n');
  t.deepEqual(log.read(), ['two', 'three']);
});
