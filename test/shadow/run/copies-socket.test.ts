import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import { CopiesSocket } from '../../../shadow/run/copies-socket.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('lines of several workers arrive whole, also at the path where a killed process has left its own', async (t) => {
  const path = join(await temporaryFolder(t), 'copies.sock');
  await writeFile(path, '');
  const lines: string[] = [];
  const socket = await CopiesSocket.open(path, (line) => lines.push(line));
  const [one, other] = [connect(path), connect(path)];
  await Promise.all([once(one, 'connect'), once(other, 'connect')]);
  const umlaut = Buffer.from('{"text":"Grüße"}\n');
  one.write(umlaut.subarray(0, 12));
  await sleep(20);
  other.write('{"text":"b"}\n{"text":"c"}\n{"te');
  await sleep(20);
  one.write(umlaut.subarray(12));
  while (lines.length < 3) await sleep(5);
  t.deepEqual(lines, ['{"text":"b"}', '{"text":"c"}', '{"text":"Grüße"}']);
  const closed = Promise.all([once(one.resume(), 'close'), once(other.resume(), 'close')]);
  socket.close();
  await closed;
  const [error] = (await once(connect(path), 'error')) as [NodeJS.ErrnoException];
  t.is(error.code, 'ENOENT');
});

test('a line without an end is given up', async (t) => {
  const path = join(await temporaryFolder(t), 'copies.sock');
  const socket = await CopiesSocket.open(path, () => t.fail());
  t.teardown(() => socket.close());
  const worker = connect(path).on('error', () => {});
  const closed = new Promise((resolve) => worker.resume().on('close', resolve));
  worker.write('x'.repeat(2 * 1024 * 1024));
  await closed;
  t.pass();
});
