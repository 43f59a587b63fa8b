export interface OutageSentences {
  /** Says that something fails, and why. */
  fails: (message: string) => string;
  /** Says that it works again after so many failed attempts. */
  works: (failures: number) => string;
  /** Receives the sentences. */
  report: (sentence: string) => void;
}

/** Says once that what is tried again and again fails, and once that it works again. */
export class OutageReport {
  readonly #sentences: OutageSentences;
  #failures = 0;

  constructor(sentences: OutageSentences) {
    this.#sentences = sentences;
  }

  /** Tries something; returns undefined where it has failed. */
  async during<Result>(attempt: () => Promise<Result>): Promise<Result | undefined> {
    const { fails, works, report } = this.#sentences;
    try {
      const result = await attempt();
      if (this.#failures > 0) report(works(this.#failures));
      this.#failures = 0;
      return result;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) report(fails((error as Error).message));
      return undefined;
    }
  }
}
