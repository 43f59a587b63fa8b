const lineFeed = 0x0a;

/** Splits a stream of bytes into lines, and keeps an unfinished one for the next bytes. */
export class CompleteLines {
  #rest: Buffer[] = [];

  /** Returns the lines that are complete with these bytes, without their line feeds. */
  add(bytes: Buffer): string[] {
    const end = bytes.lastIndexOf(lineFeed);
    if (end < 0) {
      this.#rest.push(bytes);
      return [];
    }
    const complete = Buffer.concat([...this.#rest, bytes.subarray(0, end)]);
    // A copy, or the rest would keep all of the bytes in memory.
    this.#rest = end + 1 < bytes.length ? [Buffer.from(bytes.subarray(end + 1))] : [];
    return complete.toString().split('\n');
  }
}
