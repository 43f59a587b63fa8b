/** The number of a client's requests in its window, and the window's end in milliseconds since the epoch. */
export interface ClientCount {
  used: number;
  endsAt: number;
}

/**
 * Counts each client's requests in a window that begins with the first one. Counts are kept in two generations: once a window
 * the older one is dropped as a whole, with all clients whose window has ended.
 */
export class ClientCounter {
  readonly #windowMilliseconds: number;
  readonly #now: () => number;
  #recent = new Map<string, ClientCount>();
  #older = new Map<string, ClientCount>();
  #rotatesAt = 0;

  constructor(windowMilliseconds: number, now: () => number = Date.now) {
    this.#windowMilliseconds = windowMilliseconds;
    this.#now = now;
  }

  /** Counts a request and returns the client's count. */
  count(client: string): ClientCount {
    const now = this.#now();
    if (now >= this.#rotatesAt) this.#rotate(now);
    const count = this.#find(client);
    if (now >= count.endsAt) {
      count.used = 0;
      count.endsAt = now + this.#windowMilliseconds;
    }
    count.used += 1;
    return count;
  }

  #find(client: string): ClientCount {
    const recent = this.#recent.get(client);
    if (recent) return recent;
    const count = this.#older.get(client) ?? { used: 0, endsAt: 0 };
    this.#recent.set(client, count);
    return count;
  }

  #rotate(now: number): void {
    this.#older = this.#recent;
    this.#recent = new Map();
    this.#rotatesAt = now + this.#windowMilliseconds;
  }
}
