import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Extract, extract } from 'tar-stream';
import { failedAt } from '../common/failed-at.ts';

type ArchivedFile = Extract extends AsyncIterable<infer File> ? File : never;

/** Reads the files of an archive whose paths begin with `prefix`, by what follows it. */
export async function readArchive(archive: Buffer, prefix: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  await forEachFile(Readable.from([archive]), async (path, file) => {
    if (path.startsWith(prefix)) files.set(path.slice(prefix.length), await buffer(file));
    else file.resume();
  });
  return files;
}

/** Unpacks an archive into a folder. */
export async function unpackArchive(archive: string, folder: string): Promise<void> {
  await forEachFile(createReadStream(archive), async (name, file) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(file, createWriteStream(path, { mode: file.header.mode })).catch((error) => {
      throw failedAt(path, error);
    });
  });
}

async function forEachFile(
  archive: Readable,
  handle: (path: string, file: ArchivedFile) => Promise<void>,
): Promise<void> {
  const blocks = extract();
  const handleAll = async () => {
    for await (const file of blocks) await handle(file.header.name, file);
  };
  await Promise.all([pipeline(archive, createGunzip({ chunkSize: 262_144 }), blocks), handleAll()]);
}
