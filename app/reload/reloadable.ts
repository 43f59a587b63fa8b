/** The time, in ISO 8601, and the reason of a refused reload. */
export interface Refusal {
  at: string;
  reason: string;
}

/**
 * A value that can be loaded again while it is in use. A request takes `current` once, so that a reload takes effect between
 * requests; when loading fails, the old value stays.
 */
export class Reloadable<T> {
  readonly #load: () => Promise<T>;
  #current: T;
  #refusal: Refusal | undefined;

  private constructor(load: () => Promise<T>, current: T) {
    this.#load = load;
    this.#current = current;
  }

  /** Loads the value for the first time. */
  static async open<T>(load: () => Promise<T>): Promise<Reloadable<T>> {
    return new Reloadable(load, await load());
  }

  get current(): T {
    return this.#current;
  }

  /** The refusal of the last reload; undefined when it succeeded. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** Loads the value again; returns whether the new one is in use. */
  async reload(): Promise<boolean> {
    try {
      this.#current = await this.#load();
      this.#refusal = undefined;
    } catch (error) {
      this.#refusal = { at: new Date().toISOString(), reason: error instanceof Error ? error.message : String(error) };
    }
    return this.#refusal === undefined;
  }
}
