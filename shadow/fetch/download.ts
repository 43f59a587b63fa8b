import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

export interface DownloadProps {
  /** The bytes, as they come. */
  source: AsyncIterable<Uint8Array>;
  /** The file, which must not exist. */
  path: string;
  /** The SHA-256 that they must have. */
  sha256: string;
  mostBytes: number;
}

/** Writes what comes to a file, and throws unless it is what was expected. Its memory does not grow with the file. */
export async function download({ source, path, sha256, mostBytes }: DownloadProps): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    source,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > mostBytes) throw new Error(`the archive: expected at most ${mostBytes} bytes, got more`);
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'wx' }),
  );
  const got = hash.digest('hex');
  if (got !== sha256) throw new Error(`the archive: expected the SHA-256 ${sha256}, got ${got} of ${bytes} bytes`);
}
