import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, LogLine } from '../line.ts';
import { type OpenedFile, openRotated } from './rotated-files.ts';

export interface AccessLogProps {
  path: string;
  /** Where to go on; without it, at the beginning of the oldest file. */
  position: string | undefined;
  /** Ends the reading behind the last line. */
  signal: AbortSignal;
  /** Time between two looks for new lines. */
  pauseMilliseconds?: number;
  /** Time without a line after which nginx has left a file that was rotated away. */
  leftMilliseconds?: number;
}

/** A place in one of the files, whatever its name is by now. */
interface Place {
  inode: number;
  offset: number;
}

const chunkBytes = 32_768;
const lineFeed = 0x0a;

/** Follows nginx's access log through its rotations. */
export async function* followAccessLog(props: AccessLogProps): AsyncGenerator<Chunk> {
  const { path, position, signal, pauseMilliseconds = 1000, leftMilliseconds = 10_000 } = props;
  let place = position === undefined ? undefined : parsePlace(position);
  for (;;) {
    const files = await openRotated(path);
    let bytes: Buffer = Buffer.alloc(0);
    try {
      place = nextPlace(files, place, Date.now() - leftMilliseconds);
      if (place) bytes = await completeLines(files, place);
    } finally {
      for (const { handle } of files) await handle.close();
    }
    if (place && bytes.length > 0) {
      place = { inode: place.inode, offset: place.offset + bytes.length };
      yield { lines: bytes.toString().trimEnd().split('\n').map(lineOf), position: `${place.inode}:${place.offset}` };
    } else if (signal.aborted) return;
    else await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

function parsePlace(position: string): Place | undefined {
  const [, inode, offset] = /^(\d+):(\d+)$/.exec(position) ?? [];
  return inode && offset ? { inode: Number(inode), offset: Number(offset) } : undefined;
}

/** Returns where to read: where the last reading ended, or at the beginning of the next file when nginx has left that one. */
function nextPlace(files: readonly OpenedFile[], last: Place | undefined, leftBefore: number): Place | undefined {
  const index = files.findIndex(({ inode }) => inode === last?.inode);
  const file = files[index];
  if (!last || !file) return beginningOf(files[0]);
  // A file that has become shorter is another one.
  if (file.size < last.offset) return beginningOf(file);
  const next = files[index + 1];
  return next && file.size === last.offset && file.writtenAt < leftBefore ? beginningOf(next) : last;
}

function beginningOf(file: OpenedFile | undefined): Place | undefined {
  return file && { inode: file.inode, offset: 0 };
}

// nginx writes whole lines, but a full disk cuts them; what has no end after a whole chunk is taken as it is.
async function completeLines(files: readonly OpenedFile[], { inode, offset }: Place): Promise<Buffer> {
  const file = files.find((opened) => opened.inode === inode);
  if (!file || file.size <= offset) return Buffer.alloc(0);
  const { buffer, bytesRead } = await file.handle.read(Buffer.alloc(chunkBytes), 0, chunkBytes, offset);
  const end = buffer.lastIndexOf(lineFeed, bytesRead - 1) + 1;
  return buffer.subarray(0, end > 0 || bytesRead < chunkBytes ? end : bytesRead);
}

// The log's format begins with the time, in seconds.
function lineOf(message: string): LogLine {
  const [, seconds] = /^\{"time":(\d+\.\d+)/.exec(message) ?? [];
  return { unit: 'proxy', timestamp: seconds ? Math.round(Number(seconds) * 1000) : Date.now(), message };
}
