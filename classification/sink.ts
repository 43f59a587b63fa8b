import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { quotedField } from '../common/csv-field.ts';
import { InterruptedError } from '../common/errors.ts';
import { failedAt } from '../common/failed-at.ts';
import { writeFileWhole } from '../common/write-file.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ChunkAnswers } from './chunk.ts';
import type { BadLine } from './rows.ts';

/** Takes the answers in their order. */
export interface Sink {
  /** How many bytes it has written. */
  readonly written: Checkpoint['written'];
  write(answers: Pick<ChunkAnswers, 'output' | 'bad'>): Promise<void>;
  /** Makes what was written last, and notes how far it goes. */
  save(checkpoint: Omit<Checkpoint, 'written'>): Promise<void>;
  /** Gives the files their names. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** The files of a run: those that it writes have other names until it is done. */
export interface SinkPaths {
  readonly output: string;
  readonly bad: string;
  readonly partialOutput: string;
  readonly partialBad: string;
  readonly checkpoint: string;
}

/** Returns the names of the files beside an output. */
export function pathsFor(output: string): SinkPaths {
  const bad = `${output}.bad.csv`;
  return {
    output,
    bad,
    partialOutput: `${output}.partial`,
    partialBad: `${bad}.partial`,
    checkpoint: `${output}.checkpoint`,
  };
}

const badHeader = 'line,reason\n';

function badLines(bad: readonly BadLine[]): string {
  return bad.map(({ line, reason }) => `${line},${quotedField(reason)}\n`).join('');
}

/** Opens the files, and cuts off what was written after the checkpoint, if there is one. */
export async function fileSink(paths: SinkPaths, checkpoint: Checkpoint | undefined): Promise<Sink> {
  const length = checkpoint?.written ?? { output: 0, bad: 0 };
  const output = await PartialFile.open(paths.partialOutput, length.output);
  const bad = await PartialFile.open(paths.partialBad, length.bad);
  const written = () => ({ output: output.length, bad: bad.length });
  return {
    get written() {
      return written();
    },
    write: async (answers) => {
      await output.append(answers.output);
      if (answers.bad.length > 0)
        await bad.append(Buffer.from((bad.length === 0 ? badHeader : '') + badLines(answers.bad)));
    },
    save: async (noted) => {
      await Promise.all([output.sync(), bad.sync()]);
      await writeFileWhole(paths.checkpoint, JSON.stringify({ ...noted, written: written() }));
    },
    finish: async () => {
      await Promise.all([output.sync(), bad.sync()]);
      if (bad.length > 0) await rename(paths.partialBad, paths.bad);
      // The side file of an earlier run says nothing of this one.
      else await Promise.all([paths.partialBad, paths.bad].map((path) => rm(path, { force: true })));
      await rename(paths.partialOutput, paths.output);
      await rm(paths.checkpoint, { force: true });
    },
    close: async () => {
      await Promise.all([output.close(), bad.close()]);
    },
  };
}

class PartialFile {
  readonly #path: string;
  readonly #file: FileHandle;
  length: number;

  private constructor(path: string, file: FileHandle, length: number) {
    this.#path = path;
    this.#file = file;
    this.length = length;
  }

  static async open(path: string, length: number): Promise<PartialFile> {
    try {
      const file = await open(path, length === 0 ? 'w' : 'r+');
      await file.truncate(length);
      return new PartialFile(path, file, length);
    } catch (error) {
      throw failedAt(path, error);
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.length);
        at += bytesWritten;
        this.length += bytesWritten;
      }
    } catch (error) {
      throw failedAt(this.#path, error);
    }
  }

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

// As `head` does, which has read enough.
function closedOr(error: NodeJS.ErrnoException): Error {
  return error.code === 'EPIPE' ? new InterruptedError('the standard output was closed', 'SIGPIPE') : error;
}

/** Writes the answers to a stream, and bad lines as messages; it cannot be resumed. */
export function streamSink(stream: NodeJS.WritableStream, report: (line: string) => void): Sink {
  return {
    written: { output: 0, bad: 0 },
    write: ({ output, bad }) => {
      for (const { line, reason } of bad) report(`line ${line}: ${reason}`);
      return new Promise((done, failed) => {
        stream.write(output, (error) => (error ? failed(closedOr(error)) : done()));
      });
    },
    save: async () => {},
    finish: async () => {},
    close: async () => {},
  };
}
