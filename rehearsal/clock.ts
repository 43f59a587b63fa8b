import { setTimeout as sleep } from 'node:timers/promises';

/** The time; tests pass a clock that they set. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  delay(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = { now: () => Date.now(), delay: (milliseconds) => sleep(milliseconds) };
