import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { keptBytes, recordConsole } from '../../../rehearsal/machines/console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function console(t: ExecutionContext) {
  const file = join(await temporaryFolder(t), 'console.log');
  const streams = [new PassThrough(), new PassThrough()] as const;
  recordConsole(file, ...streams);
  return { file, streams, text: () => readFile(file, 'utf8') };
}

test('a console has what all streams write', async (t) => {
  const { streams, text } = await console(t);
  t.is(await text(), '');
  streams[0].write('Debian GNU/Linux ü\n');
  await setImmediate();
  streams[1].write('failed\n');
  await setImmediate();
  t.is(await text(), 'Debian GNU/Linux ü\nfailed\n');
});

test('of a long console the end is kept', async (t) => {
  const { streams, text } = await console(t);
  const line = (index: number) => `${String(index).padStart(7)}\n`;
  const lines = Array.from({ length: keptBytes / 2 }, (_, index) => line(index));
  for (let index = 0; index < lines.length; index += 1000) {
    streams[0].write(lines.slice(index, index + 1000).join(''));
    await setImmediate();
  }
  const kept = await text();
  t.true(kept.length >= keptBytes && kept.length <= 2 * keptBytes);
  t.true(lines.join('').endsWith(kept));
});

test('a console that is longer than the limit at once is cut, too', async (t) => {
  const { streams, text } = await console(t);
  streams[0].write(`${'a'.repeat(10 * keptBytes)}${'b'.repeat(keptBytes)}`);
  await setImmediate();
  t.is(await text(), 'b'.repeat(keptBytes));
});
