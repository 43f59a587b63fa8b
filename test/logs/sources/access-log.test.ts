import { appendFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { followAccessLog } from '../../../logs/sources/access-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const line = (number: number) => `{"time":${number}.123,"path":"/predict"}`;

/** A log in a folder of its own, and a function that reads what is there from a position. */
async function accessLog(t: ExecutionContext) {
  const path = join(await temporaryFolder(t), 'access.log');
  const read = async (position?: string) => {
    const signal = AbortSignal.abort();
    const messages: string[] = [];
    let last = position;
    const chunks = followAccessLog({ path, position, signal, leftMilliseconds: -1 });
    for await (const chunk of chunks) {
      messages.push(...chunk.lines.map(({ message }) => message));
      last = chunk.position;
    }
    return { messages, position: last };
  };
  return { path, read };
}

test('lines are read once, with their own times', async (t) => {
  const { path, read } = await accessLog(t);
  t.deepEqual(await read(), { messages: [], position: undefined });
  await writeFile(path, `${line(1)}\n${line(2)}\n`);
  const { ino } = await stat(path);
  const first = await read();
  t.deepEqual(first, { messages: [line(1), line(2)], position: `${ino}:${2 * line(1).length + 2}` });
  t.deepEqual((await read(first.position)).messages, []);
  await appendFile(path, `${line(3)}\n`);
  t.deepEqual((await read(first.position)).messages, [line(3)]);
  const { value } = await followAccessLog({ path, position: undefined, signal: AbortSignal.abort() }).next();
  t.deepEqual(value?.lines[0], { unit: 'proxy', timestamp: 1123, message: line(1) });
});

test('an unfinished line waits for its end', async (t) => {
  const { path, read } = await accessLog(t);
  await writeFile(path, `${line(1)}\n{"time`);
  const first = await read();
  t.deepEqual(first.messages, [line(1)]);
  await appendFile(path, '":2.123}\n');
  t.deepEqual((await read(first.position)).messages, ['{"time":2.123}']);
});

test('rotated files are read to their ends, oldest first', async (t) => {
  const { path, read } = await accessLog(t);
  await writeFile(path, `${line(1)}\n`);
  const { position } = await read();
  await appendFile(path, `${line(2)}\n`);
  await rename(path, `${path}.2`);
  await writeFile(`${path}.1`, `${line(3)}\n`);
  await writeFile(path, `${line(4)}\n`);
  await writeFile(`${path}.3.gz`, 'not a log');
  t.deepEqual((await read(position)).messages, [line(2), line(3), line(4)]);
  t.deepEqual((await read()).messages, [line(1), line(2), line(3), line(4)]);
});

test('a rotated file that nginx may still write to is not left', async (t) => {
  const { path } = await accessLog(t);
  await writeFile(`${path}.1`, `${line(1)}\n`);
  await writeFile(path, `${line(2)}\n`);
  const found: string[] = [];
  for await (const { lines } of followAccessLog({ path, position: undefined, signal: AbortSignal.abort() }))
    found.push(...lines.map(({ message }) => message));
  t.deepEqual(found, [line(1)]);
});

test('reading goes on at the beginning of the oldest file where the position is gone, and of a file that was emptied', async (t) => {
  const { path, read } = await accessLog(t);
  await writeFile(path, `${line(1)}\n${line(2)}\n`);
  const { position } = await read();
  await truncate(path);
  await appendFile(path, `${line(3)}\n`);
  t.deepEqual((await read(position)).messages, [line(3)]);
  await rename(path, `${path}.1`);
  await rm(`${path}.1`);
  await writeFile(`${path}.1`, `${line(4)}\n`);
  await writeFile(path, `${line(5)}\n`);
  t.deepEqual((await read('1:2')).messages, [line(4), line(5)]);
  t.deepEqual((await read('nonsense')).messages, [line(4), line(5)]);
});

test('more than a chunk is read in several', async (t) => {
  const { path, read } = await accessLog(t);
  const lines = Array.from({ length: 20_000 }, (_, index) => line(index));
  await writeFile(path, `${lines.join('\n')}\n`);
  t.deepEqual((await read()).messages, lines);
});

test('bytes without an end, as a full disk leaves them, are taken as lines', async (t) => {
  const { path, read } = await accessLog(t);
  await writeFile(path, `${'x'.repeat(50_000)}\n${line(1)}\n`);
  t.deepEqual((await read()).messages, ['x'.repeat(32_768), 'x'.repeat(50_000 - 32_768), line(1)]);
});
