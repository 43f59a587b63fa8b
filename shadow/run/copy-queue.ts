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

  /** Takes the oldest ones: at most so many, of at most so many characters, and one at least. */
  take(most: number, mostCharacters: number): string[] {
    let characters = 0;
    const next = this.#lines.slice(0, most).findIndex((line) => {
      characters += line.length;
      return characters > mostCharacters;
    });
    return this.#lines.splice(0, next === -1 ? most : Math.max(next, 1));
  }

  /** Drops all. */
  clear(): void {
    for (const _ of this.#lines.splice(0)) this.#onDrop();
  }
}
