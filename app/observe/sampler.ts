/** Passes a fixed number of events in each second. */
export class Sampler {
  readonly #perSecond: number;
  readonly #now: () => number;
  #second = 0;
  #passed = 0;

  constructor(perSecond: number, now: () => number = Date.now) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Returns whether this event passes. */
  pass(): boolean {
    this.#startSecond(Math.floor(this.#now() / 1000));
    const passes = this.#passed < this.#perSecond;
    if (passes) this.#passed += 1;
    return passes;
  }

  #startSecond(second: number): void {
    if (second === this.#second) return;
    this.#second = second;
    this.#passed = 0;
  }
}
