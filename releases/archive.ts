import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ReleaseEntry } from './files.ts';

const compress = promisify(gzip);

// The modification time of every entry, so that the same content gives the same bytes.
const mtime = new Date('2000-01-01T00:00:00Z');

// Two empty blocks end a tar archive. Members are concatenated, so that only the last one ends with them.
const end = Buffer.alloc(1024);

/** Makes the tar blocks of some files, without the end of an archive; owner and time are fixed. */
export async function tarBlocks(files: readonly ReleaseEntry[]): Promise<Buffer> {
  const stream = pack();
  for (const { path, content, executable } of files) {
    const mode = executable ? 0o755 : 0o644;
    stream.entry({ name: path, size: content.length, mode, mtime, uid: 0, gid: 0, type: 'file' }, content);
  }
  stream.finalize();
  const blocks = await buffer(stream);
  return blocks.subarray(0, blocks.length - end.length);
}

/** Compresses one member of a gzip stream; concatenated members unpack to their concatenated contents. */
export async function gzipMember(content: Buffer): Promise<Buffer> {
  return compress(content, { level: 6 });
}

/** Makes the member that ends an archive. */
export function endMember(): Promise<Buffer> {
  return gzipMember(end);
}
