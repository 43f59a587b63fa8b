import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DestinationStream } from 'pino';

const flushCharacters = 4096;
const bufferMilliseconds = 1000;
// Bounds the memory for a reader that does not read: beyond this, lines are dropped until it reads again.
const bufferLimit = 1_048_576;

/**
 * Writes log lines to a stream: at once after a quiet second, otherwise buffered for at most a second. It never waits for the
 * reader. pino's own destination writes in a thread, and Node waits for its threads at exit: with a full pipe that nobody
 * reads, it would never exit.
 */
export class LogDestination implements DestinationStream {
  readonly #output: Writable;
  #lines = '';
  #pause: NodeJS.Timeout | undefined;

  constructor(output: Writable) {
    this.#output = output;
    // The reader, such as the other end of a pipe, may be gone; that must not stop the service.
    output.on('error', () => {});
  }

  write(line: string): void {
    if (this.#output.writableLength + this.#lines.length + line.length > bufferLimit) return;
    this.#lines += line;
    if (!this.#pause || this.#lines.length >= flushCharacters) this.#flush();
  }

  /** Writes the rest and waits until the reader has taken it, at most `milliseconds`. */
  async end(milliseconds: number): Promise<void> {
    const taken = new Promise<void>((resolve) => this.#output.write(this.#lines, () => resolve()));
    this.#lines = '';
    await Promise.race([taken, sleep(milliseconds)]);
  }

  #flush(): void {
    this.#output.write(this.#lines);
    this.#lines = '';
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#resume(), bufferMilliseconds).unref();
  }

  #resume(): void {
    this.#pause = undefined;
    if (this.#lines !== '') this.#flush();
  }
}
