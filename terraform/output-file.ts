import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';

const pollMilliseconds = 50;

/**
 * A file without a name that a process writes to and this one reads. Unlike a pipe it has no reader whose death ends the
 * writer: Terraform that cannot write its output ends at once, without saving the state.
 */
export class OutputFile {
  readonly #file: FileHandle;
  /** The file itself, for a process that gets it as its output. */
  readonly stream: Writable;

  private constructor(file: FileHandle) {
    this.#file = file;
    this.stream = file.createWriteStream({ autoClose: false });
  }

  static async create(): Promise<OutputFile> {
    const folder = await mkdtemp(join(tmpdir(), 'intent-fleet-output-'));
    try {
      return new OutputFile(await open(join(folder, 'output'), 'ax+', 0o600));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Yields each line as it comes, until the process has ended and all is read. */
  async *lines(ended: Promise<unknown>): AsyncGenerator<string> {
    let hasEnded = false;
    const watching = ended.then(() => {
      hasEnded = true;
    });
    const decoder = new StringDecoder();
    const chunk = Buffer.alloc(65_536);
    let [position, incomplete] = [0, ''];
    for (;;) {
      // What was written before the end is read after it.
      const isLast = hasEnded;
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0 && isLast) break;
      if (bytesRead === 0) await Promise.race([watching, delay(pollMilliseconds)]);
      position += bytesRead;
      const lines = (incomplete + decoder.write(chunk.subarray(0, bytesRead))).split('\n');
      incomplete = lines.pop() ?? '';
      yield* lines;
    }
    if (incomplete !== '') yield incomplete;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
