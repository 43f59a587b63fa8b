/** The time of an experiment, of which each of its measurements gets an equal share of what is left. */
export class Budget {
  #seconds: number;
  #left: number;

  /** `seconds` are those of all threads together; `left` is the number of measurements to come. */
  constructor(seconds: number, left: number) {
    this.#seconds = seconds;
    this.#left = left;
  }

  /** The seconds that are left for those to come. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Reserves the share of the next measurement, and returns its seconds. */
  take(): number {
    const share = Math.max(0, this.#seconds) / Math.max(1, this.#left);
    this.#seconds -= share;
    this.#left -= 1;
    return share;
  }

  /** Returns what a measurement has not used. */
  giveBack(seconds: number): void {
    this.#seconds += seconds;
  }

  /** Counts measurements that are not made after all. */
  leaveOut(count: number): void {
    this.#left -= count;
  }

  /** Counts a measurement that was made before, and its seconds. */
  skip(seconds: number): void {
    this.#seconds -= seconds;
    this.#left -= 1;
  }
}
