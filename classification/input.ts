import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { sha256 } from '../common/checksum.ts';
import { UserError } from '../common/errors.ts';
import { decodeText } from '../model/datasets/decode.ts';
import { countLines, findBoundary } from './boundaries.ts';
import type { Chunk } from './chunk.ts';
import type { Format } from './formats.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { ClassifyOptions } from './options.ts';

/** A chunk, and the place where the next one begins. */
export interface ReadChunk extends Chunk {
  readonly next: Place;
}

/** A place between two records. */
export interface Place {
  /** In bytes, of the content without compression. */
  readonly offset: number;
  /** The number of the next line, from 1. */
  readonly line: number;
}

/** What tells whether an input is the one that was begun with. */
export interface Identity {
  readonly bytes: number;
  /** The checksum of its beginning. */
  readonly head: string;
}

// Small, because the rows of a chunk and their answers take some thirty times its size until it is written.
const chunkBytes = 1 << 16;
const sampleBytes = 1 << 20;

/** Reads an input in order, once. */
export class Input {
  readonly layout: Layout;
  /** Where the first record after a header begins. */
  readonly start: Place;
  readonly #bytes: ByteQueue;
  #offset = 0;

  private constructor(layout: Layout, start: Place, bytes: ByteQueue) {
    this.layout = layout;
    this.start = start;
    this.#bytes = bytes;
  }

  /** Opens an input, and finds out how it is written. */
  static async open({ input, inputFormat, column }: ClassifyOptions): Promise<Input> {
    const place = input ?? 'standard input';
    const stream = input === undefined ? process.stdin : createReadStream(input, { highWaterMark: chunkBytes });
    const plain = inputFormat.isCompressed
      ? pipeline(stream, createGunzip({ chunkSize: chunkBytes }), () => {})
      : stream;
    const bytes = new ByteQueue(plain, place);
    const { format } = inputFormat;
    await bytes.atLeast(sampleBytes);
    const separator = quotingSeparator(format);
    const first = findBoundary(bytes.content, 1, separator) ?? { end: bytes.content.length, lines: 1 };
    if (first.end === 0) throw new UserError(`${place}: expected texts, got nothing`);
    const { encoding } = await encodingOf(place, bytes, separator);
    const header = new TextDecoder(encoding).decode(bytes.content.subarray(0, first.end));
    const layout = layoutOf({ place, format, encoding, header, column });
    return new Input(layout, startOf(layout, bytes.content, first), bytes);
  }

  /** Returns the chunks from a place on. */
  async *chunks({ offset, line }: Place): AsyncGenerator<ReadChunk> {
    await this.#skipTo(offset);
    const separator = quotingSeparator(this.layout.format, this.layout.separator);
    for (let firstLine = line; ; ) {
      const found = await this.#bytes.until((bytes) => findBoundary(bytes, chunkBytes, separator), chunkBytes);
      const end = found?.end ?? this.#bytes.content.length;
      if (end === 0) return;
      const bytes = this.#bytes.take(end);
      const lines = found?.lines ?? countLines(bytes);
      this.#offset += end;
      yield { bytes, firstLine, next: { offset: this.#offset, line: firstLine + lines } };
      firstLine += lines;
    }
  }

  async #skipTo(offset: number): Promise<void> {
    while (this.#offset < offset) {
      const step = Math.min(offset - this.#offset, sampleBytes);
      await this.#bytes.atLeast(step);
      const taken = this.#bytes.take(Math.min(step, this.#bytes.content.length)).length;
      if (taken === 0) throw new UserError('the input is shorter than what was classified of it; begin anew');
      this.#offset += taken;
    }
  }
}

// Which byte separates is not known before the header is read: there, any of them may.
function quotingSeparator(format: Format, separator = format === 'tsv' ? '\t' : ','): number | undefined {
  return format === 'csv' || format === 'tsv' ? separator.charCodeAt(0) : undefined;
}

async function encodingOf(place: string, { content, isEnded }: ByteQueue, separator: number | undefined) {
  const whole = isEnded ? undefined : lastBoundary(content, separator);
  const { encoding } = await decodeText(place, Buffer.from(content.subarray(0, whole ?? content.length)));
  if (!encoding.startsWith('utf-16')) return { encoding };
  throw new UserError(`${place}: expected UTF-8, got ${encoding}: iconv -f ${encoding} -t utf-8 converts it`);
}

function lastBoundary(content: Uint8Array, separator: number | undefined): number | undefined {
  return findBoundary(content, content.length - chunkBytes, separator)?.end;
}

function startOf({ format }: Layout, content: Uint8Array, first: { end: number; lines: number }): Place {
  if (format === 'csv' || format === 'tsv') return { offset: first.end, line: 1 + first.lines };
  const hasMark = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  return { offset: hasMark ? 3 : 0, line: 1 };
}

/** Bytes that were read and not taken yet. */
class ByteQueue {
  content: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  isEnded = false;
  readonly #stream: AsyncIterator<Uint8Array>;
  readonly #place: string;

  constructor(stream: AsyncIterable<Uint8Array>, place: string) {
    this.#stream = stream[Symbol.asyncIterator]();
    this.#place = place;
  }

  /** Reads until there are so many bytes, or no more. */
  async atLeast(count: number): Promise<void> {
    const parts = [this.content];
    let length = this.content.length;
    while (length < count && !this.isEnded) {
      const { value, done } = await this.#next();
      if (done) this.isEnded = true;
      else {
        parts.push(value);
        length += value.length;
      }
    }
    if (parts.length > 1) this.content = joined(parts, length);
  }

  /** Reads on until something is found in the bytes, or there are no more. */
  async until<Found>(find: (bytes: Uint8Array) => Found | undefined, count: number): Promise<Found | undefined> {
    for (let least = count; ; least = this.content.length + count) {
      await this.atLeast(least);
      const found = find(this.content);
      if (found !== undefined || this.isEnded) return found;
    }
  }

  /** Takes the first bytes, as a copy of their own. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const taken = this.content.slice(0, count);
    this.content = this.content.subarray(count);
    return taken;
  }

  async #next(): Promise<IteratorResult<Uint8Array<ArrayBuffer>, undefined>> {
    try {
      return (await this.#stream.next()) as IteratorResult<Uint8Array<ArrayBuffer>, undefined>;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UserError(`${this.#place}: cannot be read: ${code ?? message}`, { cause: error });
    }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Returns what tells whether a file is the one that was begun with. */
export async function identityOf(path: string): Promise<Identity> {
  const file = await open(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`IN=${path}: expected a file that can be read, got ${code}`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0);
    const head = sha256(buffer.subarray(0, bytesRead));
    return { bytes: (await stat(path)).size, head };
  } finally {
    await file.close();
  }
}
