import type { Clock } from './clock.ts';

export interface LastReadProps<Value> {
  read: () => Promise<Value>;
  /** The number of changes so far of what is read. */
  changes: () => number;
  clock: Clock;
  maximumAgeMilliseconds: number;
}

/**
 * Returns a function that resolves with what was read last. It reads again after a change, after a read that failed, and
 * when the value is too old: the emulator spends most of its processor time on answers that are the same as before.
 */
export function lastRead<Value>(props: LastReadProps<Value>): () => Promise<Value> {
  const { read, changes, clock, maximumAgeMilliseconds } = props;
  let last: { value: Value; changes: number; time: number } | undefined;
  return async () => {
    // Before the read: what changes during it is read again.
    const now = { changes: changes(), time: clock.now() };
    if (last?.changes !== now.changes || now.time - last.time >= maximumAgeMilliseconds) {
      last = undefined;
      last = { value: await read(), ...now };
    }
    return last.value;
  };
}
