import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../common/errors.ts';
import { checkoutFolder } from '../common/paths.ts';

/** The Node binary of npm's `node` package, which also runs the commands. */
export const runtimePath = join(checkoutFolder, 'node_modules/node/bin/node');

// ELF, 64 bits, little endian, x86-64.
const magic = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
const machineOffset = 18;
const x8664 = 62;

/** Reads the runtime of a release; refuses one that would not run on an instance. */
export async function readRuntime(path = runtimePath): Promise<Buffer> {
  const content = await readFile(path).catch(() => {
    throw new UserError(`${path}: expected the Node runtime, found no file. Run \`npm ci\`.`);
  });
  if (isForInstances(content)) return content;
  throw new UserError(`${path}: expected a Linux program for x86-64. Pack releases on Linux x86-64.`);
}

function isForInstances(content: Buffer): boolean {
  return content.subarray(0, magic.length).equals(magic) && content.readUInt16LE(machineOffset) === x8664;
}
