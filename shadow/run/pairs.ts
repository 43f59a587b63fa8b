/** What stands for both intents of a pair beyond the limit. */
const other = 'other';

export interface Pair {
  live: string;
  candidate: string;
  count: number;
}

/** Counts pairs of different answers. Each pair is a series of its own, so that there is a limit to them. */
export class Pairs {
  readonly #most: number;
  readonly #pairs = new Map<string, Pair>();

  constructor(most: number) {
    this.#most = most;
  }

  add(live: string, candidate: string): void {
    const found = this.#pairs.get(keyOf(live, candidate));
    if (found) found.count += 1;
    else if (this.#pairs.size < this.#most) this.#start(live, candidate);
    else this.#addOther();
  }

  list(): Pair[] {
    return [...this.#pairs.values()];
  }

  #addOther(): void {
    const found = this.#pairs.get(keyOf(other, other));
    if (found) found.count += 1;
    else this.#start(other, other);
  }

  #start(live: string, candidate: string): void {
    this.#pairs.set(keyOf(live, candidate), { live, candidate, count: 1 });
  }
}

function keyOf(live: string, candidate: string): string {
  return JSON.stringify([live, candidate]);
}
