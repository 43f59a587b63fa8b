import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DestinationStream } from 'pino';

const enoughCharacters = 4096;
const gatherMilliseconds = 1000;
// A reader that does not read must not cost memory without end: beyond this, lines are dropped until it reads again.
const mostWaiting = 1_048_576;

/**
 * Writes log lines to a stream: at once after a quiet second, else gathered for at most a second. Nothing here waits for
 * the reader. pino's own destination writes in a thread, and Node waits for its threads when it ends: with a pipe that is
 * full and that nobody reads, it would never end.
 */
export class LogDestination implements DestinationStream {
  readonly #output: Writable;
  #lines = '';
  #pause: NodeJS.Timeout | undefined;

  constructor(output: Writable) {
    this.#output = output;
    // Whoever read the log may be gone, for instance the other end of a pipe; that must not stop the service.
    output.on('error', () => {});
  }

  write(line: string): void {
    if (this.#output.writableLength + this.#lines.length + line.length > mostWaiting) return;
    this.#lines += line;
    if (!this.#pause || this.#lines.length >= enoughCharacters) this.#flush();
  }

  /** Writes what is left and waits until it has been taken, for so long at most. */
  async end(milliseconds: number): Promise<void> {
    const taken = new Promise<void>((resolve) => this.#output.write(this.#lines, () => resolve()));
    this.#lines = '';
    await Promise.race([taken, sleep(milliseconds)]);
  }

  #flush(): void {
    this.#output.write(this.#lines);
    this.#lines = '';
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#resume(), gatherMilliseconds).unref();
  }

  #resume(): void {
    this.#pause = undefined;
    if (this.#lines !== '') this.#flush();
  }
}
