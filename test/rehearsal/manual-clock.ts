import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../rehearsal/clock.ts';

/** A clock that begins at 0 and is advanced by the test. */
export class ManualClock implements Clock {
  #now = 0;
  #timers: { at: number; resolve: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  delay(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#timers.push({ at: this.#now + milliseconds, resolve }));
  }

  /** Lets everything happen that is due within `milliseconds`, in order. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await setImmediate();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#now = next.at;
      next.resolve();
      await setImmediate();
    }
    this.#now = end;
  }

  #next(end: number) {
    return this.#timers.filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0];
  }
}
