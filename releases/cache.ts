import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../common/checksum.ts';
import { writeFileWhole } from '../common/write-file.ts';

const underWay = new Map<string, Promise<Buffer>>();

/** Returns the cached result of `make` for this key; makes it where it is missing or damaged, once for all that ask meanwhile. */
export function cached(folder: string, key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const path = join(folder, key);
  const result = underWay.get(path) ?? readOrMake(path, make).finally(() => underWay.delete(path));
  underWay.set(path, result);
  return result;
}

async function readOrMake(path: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const found = await readFile(path).then(unseal, () => undefined);
  if (found) return found;
  const made = await make();
  await writeFileWhole(path, seal(made));
  return made;
}

const sealLength = 64;

// Puts the checksum before the content.
function seal(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(sha256(content)), content]);
}

function unseal(sealed: Buffer): Buffer | undefined {
  const content = sealed.subarray(sealLength);
  return sealed.subarray(0, sealLength).toString() === sha256(content) ? content : undefined;
}
