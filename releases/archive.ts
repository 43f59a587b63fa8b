import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ReleaseEntry } from './files.ts';

const compress = promisify(gzip);

/** When every file of a release was made: no earlier than tar finds plausible. */
const mtime = new Date('2000-01-01T00:00:00Z');

/** Two empty blocks end an archive; what is put together from parts ends but once. */
const end = Buffer.alloc(1024);

/** The tar blocks of some files, without the end of an archive: whose and when they are does not depend on us. */
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

/** One member of a gzip stream; members that stand one after the other unpack to what they hold together. */
export async function gzipMember(content: Buffer): Promise<Buffer> {
  return compress(content, { level: 6 });
}

/** The member that ends an archive. */
export function endMember(): Promise<Buffer> {
  return gzipMember(end);
}
