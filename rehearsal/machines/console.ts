import { ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** The end of a machine's console that its file keeps at least; at most, twice as much. EC2 keeps 64 KB. */
export const keptBytes = 256 * 1024;

/** Writes streams to a file and keeps only the end: a machine must not fill the disk of its host. */
export function recordConsole(file: string, ...streams: Readable[]): void {
  const descriptor = openSync(file, 'w+');
  let size = 0;
  const write = (chunk: Buffer) => {
    size += writeSync(descriptor, chunk, 0, chunk.length, size);
    if (size > 2 * keptBytes) size = keepEnd(descriptor, size);
  };
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer) => {
      try {
        write(chunk);
      } catch {
        // The host's disk is full. The machine does not depend on its console.
      }
    });
  }
}

function keepEnd(descriptor: number, size: number): number {
  const end = Buffer.alloc(keptBytes);
  readSync(descriptor, end, 0, keptBytes, size - keptBytes);
  ftruncateSync(descriptor, 0);
  return writeSync(descriptor, end, 0, keptBytes, 0);
}
