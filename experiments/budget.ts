export interface BudgetProps {
  /** The longest time for everything. */
  readonly seconds: number;
  /** How many measurements run at a time. */
  readonly threads: number;
  /** How many measurements each phase has; one phase begins when the one before is over. */
  readonly phases: readonly number[];
  /** Returns the time, in milliseconds. */
  readonly clock?: () => number;
}

/** The time of an experiment, of which each of its measurements gets an equal share of what is left. */
export class Budget {
  readonly #threads: number;
  readonly #waiting: number[];
  readonly #clock: () => number;
  #end: number;

  constructor({ seconds, threads, phases, clock = Date.now }: BudgetProps) {
    this.#threads = threads;
    this.#waiting = [...phases];
    this.#clock = clock;
    this.#end = clock() + seconds * 1000;
  }

  /** The seconds that are left. */
  get seconds(): number {
    return Math.max(0, this.#end - this.#clock()) / 1000;
  }

  /** Returns the seconds that the next measurement of a phase may take. */
  take(phase: number): number {
    this.leaveOut(phase, 1);
    // Measurements that run at the same time share no time: after this one, so many rounds are to come.
    const rounds = this.#waiting.reduce((sum, count) => sum + Math.ceil(count / this.#threads), 0);
    return this.seconds / (1 + rounds);
  }

  /** Counts measurements of a phase that are not made after all. */
  leaveOut(phase: number, count: number): void {
    this.#waiting[phase] = Math.max(0, (this.#waiting[phase] ?? 0) - count);
  }

  /** Counts the seconds of a measurement that was made before. */
  spend(seconds: number): void {
    this.#end -= (seconds / this.#threads) * 1000;
  }
}
