/** The copies that wait for the worker. Where it lags, the oldest are dropped: it sees what is asked now. */
export class CopyQueue {
  readonly #most: number;
  readonly #onDrop: () => void;
  #lines: string[] = [];

  constructor(most: number, onDrop: () => void) {
    this.#most = most;
    this.#onDrop = onDrop;
  }

  get size(): number {
    return this.#lines.length;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length <= this.#most) return;
    this.#lines.shift();
    this.#onDrop();
  }

  /** Takes the oldest ones. */
  take(most: number): string[] {
    return this.#lines.splice(0, most);
  }

  /** Drops all. */
  clear(): void {
    for (const _ of this.#lines.splice(0)) this.#onDrop();
  }
}
