import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { selfSignedArguments } from '../../common/openssl.ts';

/** A self-signed certificate for `name` and its key. */
export async function certificateFor(t: ExecutionContext, name: string): Promise<{ cert: Buffer; key: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const names = { commonName: name, alternativeNames: [`DNS:${name}`] };
  await execa('openssl', selfSignedArguments({ ...files, ...names, days: 1 }));
  return { cert: await readFile(files.certificate), key: await readFile(files.key) };
}
