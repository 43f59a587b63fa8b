import test from 'ava';
import type { LineSelection, StoredLine } from '../../deployments/stored-logs.ts';
import { UnreadLines } from '../../deployments/unread-lines.ts';
import { collect } from '../support/collect.ts';

const selection: LineSelection = { units: ['service'], since: 1000 };

/** Logs with lines of some times, whose ids are the times; it records from when on they were read. */
function logsWith(times: number[]) {
  const reads: number[] = [];
  let now = 500_000;
  async function* read({ units: [unit = 'system'], since }: LineSelection): AsyncGenerator<StoredLine> {
    reads.push(since);
    for (const timestamp of times.filter((time) => time >= since))
      yield { id: String(timestamp), machine: 'i-1', unit, timestamp, message: 'm' };
  }
  const unread = new UnreadLines({ read }, selection, () => now);
  const ids = async () => (await collect(unread.read())).map(({ id }) => Number(id));
  const advance = (milliseconds: number) => {
    now += milliseconds;
  };
  return { times, reads, ids, advance };
}

test('each line is read once, also one that arrives up to a minute late', async (t) => {
  const { times, reads, ids, advance } = logsWith([999, 2000, 450_000, 499_000]);
  t.deepEqual(await ids(), [2000, 450_000, 499_000]);
  advance(2000);
  times.push(441_000, 500_500);
  t.deepEqual(await ids(), [441_000, 500_500]);
  advance(2000);
  t.deepEqual(await ids(), []);
  t.deepEqual(reads, [1000, 440_000, 442_000]);
});

test('after a pause, such as a network that was gone, no line is missing', async (t) => {
  const { times, ids, advance } = logsWith([]);
  t.deepEqual(await ids(), []);
  advance(3_600_000);
  times.push(500_001, 4_000_000);
  t.deepEqual(await ids(), [500_001, 4_000_000]);
});
