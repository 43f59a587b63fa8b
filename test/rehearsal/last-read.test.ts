import test from 'ava';
import { lastRead } from '../../rehearsal/last-read.ts';
import { ManualClock } from './manual-clock.ts';

/** A value that counts how often it was read. */
function counted() {
  const clock = new ManualClock();
  const state = { changes: 0, reads: 0, failure: undefined as Error | undefined };
  const read = async () => {
    state.reads++;
    if (state.failure) throw state.failure;
    return state.reads;
  };
  return { clock, state, get: lastRead({ read, changes: () => state.changes, clock, maximumAgeMilliseconds: 30_000 }) };
}

test('it is read once while nothing changes, and again after a change', async (t) => {
  const { state, get } = counted();
  t.deepEqual([await get(), await get()], [1, 1]);
  state.changes++;
  t.deepEqual([await get(), await get()], [2, 2]);
});

test('it is read again when it is too old', async (t) => {
  const { clock, get } = counted();
  await get();
  await clock.advance(29_999);
  t.is(await get(), 1);
  await clock.advance(1);
  t.deepEqual([await get(), await get()], [2, 2]);
});

test('after a read that failed it is read again', async (t) => {
  const { state, get } = counted();
  await get();
  state.changes++;
  state.failure = new Error('no answer');
  await t.throwsAsync(get(), { message: 'no answer' });
  state.failure = undefined;
  t.deepEqual([await get(), await get()], [3, 3]);
});

test('what changes during a read is read again', async (t) => {
  const { clock, state } = counted();
  const started = Promise.withResolvers<number>();
  const values = [started.promise, Promise.resolve(2)];
  const get = lastRead({
    read: () => values.shift() as Promise<number>,
    changes: () => state.changes,
    clock,
    maximumAgeMilliseconds: 30_000,
  });
  const first = get();
  state.changes++;
  started.resolve(1);
  t.deepEqual([await first, await get()], [1, 2]);
});
