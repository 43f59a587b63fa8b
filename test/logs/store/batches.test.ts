import test from 'ava';
import { batchesOf } from '../../../logs/store/batches.ts';

const event = (timestamp: number, message = 'm') => ({ timestamp, message });
const hour = 60 * 60 * 1000;

test('events are sorted by time; those of the same time keep their order', (t) => {
  t.deepEqual(batchesOf([event(2, 'c'), event(1, 'a'), event(2, 'd'), event(1, 'b')]), [
    [event(1, 'a'), event(1, 'b'), event(2, 'c'), event(2, 'd')],
  ]);
  t.deepEqual(batchesOf([]), []);
});

test('a batch has at most 10,000 events', (t) => {
  const batches = batchesOf(Array.from({ length: 25_000 }, () => event(1)));
  t.deepEqual(
    batches.map(({ length }) => length),
    [10_000, 10_000, 5000],
  );
});

test('a batch has at most 1 MiB, with 26 bytes more for each event', (t) => {
  const size = 1_048_576 / 8 - 26;
  const batches = batchesOf(Array.from({ length: 9 }, () => event(1, 'x'.repeat(size))));
  t.deepEqual(
    batches.map(({ length }) => length),
    [8, 1],
  );
  const larger = batchesOf(Array.from({ length: 9 }, () => event(1, 'ü'.repeat(size / 2 + 1))));
  t.deepEqual(
    larger.map(({ length }) => length),
    [7, 2],
  );
});

test('a batch spans less than 24 hours', (t) => {
  t.deepEqual(batchesOf([event(0), event(24 * hour - 1), event(24 * hour), event(50 * hour)]), [
    [event(0), event(24 * hour - 1)],
    [event(24 * hour)],
    [event(50 * hour)],
  ]);
});

test('a message of more than 256 KiB is cut off between characters, and says so', (t) => {
  const most = 262_144 - 26;
  const fits = 'x'.repeat(most);
  t.is(batchesOf([event(1, fits)])[0]?.[0]?.message, fits);
  for (const character of ['x', 'ü', '漢', '😀']) {
    const length = Buffer.byteLength(character) * Math.ceil((most + 1) / Buffer.byteLength(character));
    const long = character.repeat(length / Buffer.byteLength(character));
    const message = batchesOf([event(1, long)])[0]?.[0]?.message ?? '';
    const mark = ` … cut off: the line has ${length} bytes`;
    t.true(message.endsWith(mark), character);
    t.true(Buffer.byteLength(message) <= most && Buffer.byteLength(message) > most - 4, character);
    t.true(long.startsWith(message.slice(0, -mark.length)), character);
  }
});
