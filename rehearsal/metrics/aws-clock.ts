import { type Clock, systemClock } from '../clock.ts';

/** How many times faster than on AWS metrics, alarms, cooldowns and warm-ups pass: a period of one minute takes six seconds. */
export const clockFactor = 10;

/** Converts AWS' seconds to this computer's time, which metrics are stamped with. */
export class AwsClock {
  readonly factor: number;
  readonly #clock: Clock;

  constructor(factor = clockFactor, clock: Clock = systemClock) {
    this.factor = factor;
    this.#clock = clock;
  }

  /** Milliseconds since the epoch, of this computer. */
  now(): number {
    return this.#clock.now();
  }

  /** How long a number of AWS' seconds takes. */
  milliseconds(seconds: number): number {
    return (seconds * 1000) / this.factor;
  }

  /** AWS' seconds that have passed since `time`. */
  secondsSince(time: number): number {
    return ((this.now() - time) * this.factor) / 1000;
  }

  /** When the period that contains `time` began; periods follow each other since the epoch. */
  periodStart(seconds: number, time = this.now()): number {
    return time - (time % this.milliseconds(seconds));
  }

  /** Waits until the next period begins; a timer may end a millisecond too early. */
  async nextPeriod(seconds: number): Promise<void> {
    const end = this.periodStart(seconds) + this.milliseconds(seconds);
    while (this.now() < end) await this.#clock.delay(end - this.now());
  }
}
