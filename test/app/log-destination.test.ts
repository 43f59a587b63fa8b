import { Writable } from 'node:stream';
import test from 'ava';
import { LogDestination } from '../../app/observe/log-destination.ts';

/** A stream that keeps its chunks; it is done with one when `take` is called, or at once. */
function reader({ isSlow }: { isSlow: boolean }) {
  const writes: string[] = [];
  let take = () => {};
  const output = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      writes.push(chunk);
      take = done;
      if (!isSlow) done();
    },
  });
  return { writes, output, take: () => take() };
}

test('writes a line after a quiet second at once and the following ones together', async (t) => {
  const { writes, output } = reader({ isSlow: false });
  const log = new LogDestination(output);
  for (const line of ['one\n', 'two\n', 'three\n']) log.write(line);
  t.deepEqual(writes, ['one\n']);
  await log.end(1000);
  t.deepEqual(writes, ['one\n', 'two\nthree\n']);
});

test('writes many lines before the second is over', (t) => {
  const { writes, output } = reader({ isSlow: false });
  const log = new LogDestination(output);
  for (let line = 0; line < 9; line += 1) log.write('x'.repeat(1000));
  t.deepEqual(writes, ['x'.repeat(1000), 'x'.repeat(5000)]);
});

test('the end waits for the reader, but not longer than its time', async (t) => {
  const { output, take } = reader({ isSlow: true });
  const log = new LogDestination(output);
  log.write('first\n');
  const start = performance.now();
  await log.end(100);
  t.true(performance.now() - start >= 95);
  take();
});

test('drops lines beyond a megabyte until the reader reads again', (t) => {
  const { output, take } = reader({ isSlow: true });
  const log = new LogDestination(output);
  const line = 'x'.repeat(100_000);
  for (let at = 0; at < 50; at += 1) log.write(line);
  t.is(output.writableLength, 1_000_000);
  take();
  log.write(line);
  t.is(output.writableLength, 1_000_000);
});
