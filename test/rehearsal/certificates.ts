import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { selfSignedArguments } from '../../common/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A self-signed certificate for `name` and its key. */
export async function certificateFor(t: ExecutionContext, name: string): Promise<{ cert: Buffer; key: Buffer }> {
  const folder = await temporaryFolder(t);
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const names = { commonName: name, alternativeNames: [`DNS:${name}`] };
  await execa('openssl', selfSignedArguments({ ...files, ...names, days: 1 }));
  return { cert: await readFile(files.certificate), key: await readFile(files.key) };
}
