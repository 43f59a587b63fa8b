import { availableParallelism } from 'node:os';

/** A machine whose use of processors is measured. */
export interface MeasuredMachine {
  id: string;
  /** The number of virtual processors of its instance type. */
  processors: number;
}

export interface ProcessorUseProps {
  /** Returns the processor time that a machine has used; undefined if it is not known. */
  secondsUsed: (id: string) => Promise<number | undefined>;
  /** This computer's processors, which are all that a machine has. */
  hostProcessors?: number;
}

/** Measures how much of its processors each machine uses, from one call to the next. */
export class ProcessorUse {
  readonly #props: ProcessorUseProps;
  #before = new Map<string, { seconds: number; at: number }>();

  constructor(props: ProcessorUseProps) {
    this.#props = props;
  }

  /** Returns the use in percent of each machine that was measured before; `now` is in milliseconds. */
  async measure(machines: readonly MeasuredMachine[], now: number): Promise<Map<string, number>> {
    const { secondsUsed, hostProcessors = availableParallelism() } = this.#props;
    const before = this.#before;
    const percent = new Map<string, number>();
    this.#before = new Map();
    for (const { id, processors } of machines) {
      const seconds = await secondsUsed(id);
      if (seconds === undefined) continue;
      this.#before.set(id, { seconds, at: now });
      const last = before.get(id);
      if (!last || last.at === now) continue;
      const available = ((now - last.at) / 1000) * Math.min(processors, hostProcessors);
      percent.set(id, Math.min(100, (100 * (seconds - last.seconds)) / available));
    }
    return percent;
  }
}
