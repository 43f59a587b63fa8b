import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';

/** A certificate for `name` that nobody signed but itself, and its key. */
export async function certificateFor(t: ExecutionContext, name: string): Promise<{ cert: Buffer; key: Buffer }> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', 'key.pem'];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await execa('openssl', ['req', '-x509', ...key, ...names, '-days', '1', '-out', 'cert.pem'], { cwd: folder });
  return { cert: await readFile(join(folder, 'cert.pem')), key: await readFile(join(folder, 'key.pem')) };
}
