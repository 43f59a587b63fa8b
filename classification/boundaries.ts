/** Where a chunk of whole records ends. */
export interface Boundary {
  /** The offset after the last byte of the chunk. */
  readonly end: number;
  /** The number of line breaks in it. */
  readonly lines: number;
}

const [lineFeed, quote] = [10, 34];

// A quote that is open for longer was never closed: the record ends with its line, and is reported as bad.
const longestQuoted = 1 << 20;

/**
 * Finds where a chunk of at least `least` bytes may end: after a line break that is in no quotes. Returns undefined where more bytes
 * are needed. `separator` is the byte that separates fields; without it, quotes mean nothing, as in JSON Lines. Works on bytes, because
 * the bytes of these characters are part of no other character in UTF-8 or in an encoding of one byte a character.
 */
export function findBoundary(bytes: Uint8Array, least: number, separator: number | undefined): Boundary | undefined {
  if (separator === undefined) return plainBoundary(bytes, least);
  let [lines, isFieldStart] = [0, true];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === quote && isFieldStart) {
      const closing = closingQuote(bytes, at + 1);
      if (closing === undefined) return bytes.length - at > longestQuoted ? lineFrom(bytes, at, lines) : undefined;
      lines += countLines(bytes.subarray(at, closing));
      at = closing;
    } else if (byte === lineFeed) {
      lines += 1;
      if (at + 1 >= least) return { end: at + 1, lines };
    }
    isFieldStart = byte === separator || byte === lineFeed;
  }
  return undefined;
}

// A doubled quote closes nothing; whether one at the end of the bytes is doubled, the next bytes tell.
function closingQuote(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(quote, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at - from > longestQuoted ? undefined : at;
  }
  return undefined;
}

function lineFrom(bytes: Uint8Array, at: number, lines: number): Boundary | undefined {
  const end = bytes.indexOf(lineFeed, at);
  return end < 0 ? undefined : { end: end + 1, lines: lines + 1 };
}

function plainBoundary(bytes: Uint8Array, least: number): Boundary | undefined {
  const last = bytes.indexOf(lineFeed, Math.max(0, least - 1));
  return last < 0 ? undefined : { end: last + 1, lines: countLines(bytes.subarray(0, last + 1)) };
}

/** Returns the number of line breaks. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}
