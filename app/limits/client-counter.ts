/** How many requests a client has made in its window, and when the window ends (milliseconds since the epoch). */
export interface ClientCount {
  used: number;
  endsAt: number;
}

/**
 * Counts each client's requests in a window that begins with its first one. Counts are kept in two generations: every
 * window's length the older one is dropped as a whole, and with it everyone whose window has ended.
 */
export class ClientCounter {
  readonly #windowMilliseconds: number;
  readonly #now: () => number;
  #recent = new Map<string, ClientCount>();
  #older = new Map<string, ClientCount>();
  #turnsAt = 0;

  constructor(windowMilliseconds: number, now: () => number = Date.now) {
    this.#windowMilliseconds = windowMilliseconds;
    this.#now = now;
  }

  /** Counts a request. */
  count(client: string): ClientCount {
    const now = this.#now();
    if (now >= this.#turnsAt) this.#turn(now);
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

  #turn(now: number): void {
    this.#older = this.#recent;
    this.#recent = new Map();
    this.#turnsAt = now + this.#windowMilliseconds;
  }
}
