/** When and why the last reload was refused. */
export interface Refusal {
  at: string;
  reason: string;
}

/**
 * A value that can be loaded again while it is in use. Who needs it takes `current` once and keeps to that, so that a swap
 * happens between two requests; what cannot be loaded is refused and the old value stays.
 */
export class Reloadable<T> {
  readonly #load: () => Promise<T>;
  #current: T;
  #refusal: Refusal | undefined;

  private constructor(load: () => Promise<T>, current: T) {
    this.#load = load;
    this.#current = current;
  }

  /** Loads for the first time; what is wrong then is thrown. */
  static async open<T>(load: () => Promise<T>): Promise<Reloadable<T>> {
    return new Reloadable(load, await load());
  }

  get current(): T {
    return this.#current;
  }

  /** Why the last reload failed, if it did. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** Loads again; whether the new value was taken. */
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
