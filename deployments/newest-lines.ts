import type { StoredLine } from './stored-logs.ts';

/** Keeps the newest lines of each unit of each machine, however many there are. */
export class NewestLines {
  readonly #most: number;
  readonly #byOrigin = new Map<string, StoredLine[]>();

  constructor(most: number) {
    this.#most = most;
  }

  add(line: StoredLine): void {
    const origin = `${line.machine} ${line.unit}`;
    const lines = this.#byOrigin.get(origin) ?? [];
    lines.push(line);
    this.#byOrigin.set(origin, lines.length < 2 * this.#most ? lines : this.#newest(lines));
  }

  /** Returns the lines of all, interleaved by time. */
  interleaved(): StoredLine[] {
    return [...this.#byOrigin.values()].flatMap((lines) => this.#newest(lines)).toSorted(byTime);
  }

  #newest(lines: readonly StoredLine[]): StoredLine[] {
    return lines.toSorted(byTime).slice(-this.#most);
  }
}

/** Compares lines by time; those of the same millisecond stay in their order. */
export function byTime(one: StoredLine, other: StoredLine): number {
  return one.timestamp - other.timestamp;
}
