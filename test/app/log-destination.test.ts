import { Writable } from 'node:stream';
import test from 'ava';
import { LogDestination } from '../../app/observe/log-destination.ts';

// Takes nothing until it is told to.
function slowReader() {
  const writes: string[] = [];
  let take: (() => void) | undefined;
  const output = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      writes.push(chunk);
      take = done;
    },
  });
  return { writes, output, take: () => take?.() };
}

function reader() {
  const writes: string[] = [];
  const output = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      writes.push(chunk);
      done();
    },
  });
  return { writes, output };
}

test('a line after a quiet time is written at once, those that follow together', async (t) => {
  const { writes, output } = reader();
  const log = new LogDestination(output);
  for (const line of ['one\n', 'two\n', 'three\n']) log.write(line);
  t.deepEqual(writes, ['one\n']);
  await log.end(1000);
  t.deepEqual(writes, ['one\n', 'two\nthree\n']);
});

test('many lines are written before the second is over', (t) => {
  const { writes, output } = reader();
  const log = new LogDestination(output);
  for (let line = 0; line < 9; line += 1) log.write('x'.repeat(1000));
  t.deepEqual(
    writes.map(({ length }) => length),
    [1000, 5000],
  );
});

test('the end waits for who reads, but no longer than it may', async (t) => {
  const { output, take } = slowReader();
  const log = new LogDestination(output);
  log.write('first\n');
  const start = performance.now();
  await log.end(100);
  t.true(performance.now() - start >= 95);
  take();
});

test('lines that nobody reads are dropped beyond a megabyte, and come again when somebody does', (t) => {
  const { output, take } = slowReader();
  const log = new LogDestination(output);
  const line = 'x'.repeat(100_000);
  for (let at = 0; at < 50; at += 1) log.write(line);
  t.is(output.writableLength, 1_000_000);
  take();
  log.write(line);
  t.is(output.writableLength, 1_000_000);
});
