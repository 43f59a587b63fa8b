import type { LineSelection, StoredLine, StoredLogs } from './stored-logs.ts';

/** A line may arrive this much later than a younger one: machines ship every few seconds, and their clocks differ. */
const lateMilliseconds = 60_000;

/** Reads the selected lines, and later those that have come since. */
export class UnreadLines {
  readonly #logs: Pick<StoredLogs, 'read'>;
  readonly #selection: LineSelection;
  readonly #now: () => number;
  /** The times of the lines that could be read once more, by their ids. */
  readonly #read = new Map<string, number>();
  #since: number;

  constructor(logs: Pick<StoredLogs, 'read'>, selection: LineSelection, now: () => number = Date.now) {
    this.#logs = logs;
    this.#selection = selection;
    this.#now = now;
    this.#since = selection.since;
  }

  /** Each line is read once. */
  async *read(): AsyncGenerator<StoredLine> {
    const next = Math.max(this.#selection.since, this.#now() - lateMilliseconds);
    for await (const line of this.#logs.read({ ...this.#selection, since: this.#since })) {
      if (this.#read.has(line.id)) continue;
      if (line.timestamp >= next) this.#read.set(line.id, line.timestamp);
      yield line;
    }
    this.#since = next;
    for (const [id, timestamp] of this.#read) if (timestamp < next) this.#read.delete(id);
  }
}
