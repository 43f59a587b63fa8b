import { setTimeout as delay } from 'node:timers/promises';

export interface Wait {
  seconds: number;
  /** Of the polls, in milliseconds. */
  interval?: number;
}

/** Reads until a value is reached, or the time is over; returns the value that was read last. */
export async function until<T>(
  read: () => Promise<T>,
  isReached: (value: T) => boolean,
  { seconds, interval = 1000 }: Wait,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await read();
    if (isReached(value) || Date.now() >= deadline) return value;
    await delay(interval);
  }
}
