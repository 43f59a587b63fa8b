import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

// The file is in memory. At ten thousand requests a second it grows by about a megabyte in a second.
const maximumBytes = 4 * 1024 * 1024;

/** Reads what a program appends to a file, and empties the file before it becomes large. */
export class RequestLog {
  readonly #path: string;
  readonly #chunk = Buffer.alloc(256 * 1024);
  #position = 0;
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the lines that are complete since the last call. */
  read(): string[] {
    if (!existsSync(this.#path)) return [];
    const file = openSync(this.#path, 'r+');
    try {
      const appended = this.#appended(file);
      const lines = (this.#rest + appended).split('\n');
      this.#rest = lines.pop() ?? '';
      return lines;
    } finally {
      closeSync(file);
    }
  }

  // Synchronous, so that next to nothing is appended between the last read and the truncation, and lost.
  #appended(file: number): string {
    // What remained of a file that was replaced is not completed by the new one.
    if (fstatSync(file).size < this.#position) [this.#position, this.#rest] = [0, ''];
    const parts: Buffer[] = [];
    for (;;) {
      const bytes = readSync(file, this.#chunk, 0, this.#chunk.length, this.#position);
      if (bytes === 0) break;
      parts.push(Buffer.from(this.#chunk.subarray(0, bytes)));
      this.#position += bytes;
    }
    if (this.#position > maximumBytes) {
      ftruncateSync(file, 0);
      this.#position = 0;
    }
    return Buffer.concat(parts).toString('latin1');
  }
}
