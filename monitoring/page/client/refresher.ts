import type { Range } from '../ranges.ts';

/** Returns the seconds until the next refresh. */
type Refresh = (range: Range, cancelled: AbortSignal) => Promise<number>;

/** Refreshes the page again and again, except while it is paused or nobody sees it. */
export class Refresher {
  readonly #range: () => Range;
  readonly #refresh: Refresh;
  #running = new AbortController();
  #timer: number | undefined;
  #isPaused = false;
  #isDue = false;

  constructor(range: () => Range, refresh: Refresh) {
    this.#range = range;
    this.#refresh = refresh;
  }

  /** Refreshes at once, and cancels a refresh under way. */
  now(): void {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  /** Refreshes when the page is seen again after its time has come. */
  wake(): void {
    if (this.#isDue && this.#mayRun()) this.now();
  }

  /** Pauses or goes on; returns whether it is paused now. */
  togglePause(): boolean {
    this.#isPaused = !this.#isPaused;
    this.wake();
    return this.#isPaused;
  }

  async #run(cancelled: AbortSignal): Promise<void> {
    this.#isDue = false;
    const seconds = await this.#refresh(this.#range(), cancelled);
    if (!cancelled.aborted) this.#timer = setTimeout(() => this.#tick(), seconds * 1000);
  }

  #tick(): void {
    this.#isDue = true;
    this.wake();
  }

  #mayRun(): boolean {
    return !this.#isPaused && document.visibilityState === 'visible';
  }
}
