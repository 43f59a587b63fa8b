import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import type { CertificateFiles } from '../../common/certificate.ts';
import { selfSignedArguments } from '../../common/openssl.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Makes a certificate with a common name, by default for localhost and two days. */
export async function makeCertificate(
  folder: string,
  commonName: string,
  alternativeNames = ['DNS:localhost', 'IP:127.0.0.1'],
  days = 2,
): Promise<CertificateFiles> {
  const files = { certificate: join(folder, `${commonName}.pem`), key: join(folder, `${commonName}.key`) };
  await execa('openssl', selfSignedArguments({ ...files, commonName, alternativeNames, days }));
  return files;
}

/** A certificate for `name` alone and its key. */
export async function certificateFor(t: ExecutionContext, name: string): Promise<{ cert: Buffer; key: Buffer }> {
  const { certificate, key } = await makeCertificate(await temporaryFolder(t), name, [`DNS:${name}`]);
  return { cert: await readFile(certificate), key: await readFile(key) };
}
