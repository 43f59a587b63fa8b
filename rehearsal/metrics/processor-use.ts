import { availableParallelism } from 'node:os';

/** A machine whose use of processors is measured. */
export interface ProcessorUser {
  id: string;
  /** The number of virtual processors of its instance type. */
  processors: number;
}

/** Measures how much of its processors each machine uses, from one call to the next. */
export class ProcessorUse {
  readonly #secondsUsed: (id: string) => Promise<number | undefined>;
  readonly #hostProcessors: number;
  #before = new Map<string, { seconds: number; at: number }>();

  /** `secondsUsed` returns the processor time that a machine has used; undefined if it is not known. */
  constructor(secondsUsed: (id: string) => Promise<number | undefined>, hostProcessors = availableParallelism()) {
    this.#secondsUsed = secondsUsed;
    this.#hostProcessors = hostProcessors;
  }

  /** Returns the use in percent of each machine that was measured before; `now` is in milliseconds. */
  async measure(machines: readonly ProcessorUser[], now: number): Promise<Map<string, number>> {
    const before = this.#before;
    const percent = new Map<string, number>();
    this.#before = new Map();
    for (const { id, processors } of machines) {
      const seconds = await this.#secondsUsed(id);
      if (seconds === undefined) continue;
      this.#before.set(id, { seconds, at: now });
      const last = before.get(id);
      if (!last || last.at === now) continue;
      // A machine cannot have more processors than this computer.
      const available = ((now - last.at) / 1000) * Math.min(processors, this.#hostProcessors);
      // The counter of a machine that boots again begins at zero.
      percent.set(id, Math.min(100, (100 * Math.max(0, seconds - last.seconds)) / available));
    }
    return percent;
  }
}
