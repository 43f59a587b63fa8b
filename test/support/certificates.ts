import { join } from 'node:path';
import { execa } from 'execa';
import type { CertificateFiles } from '../../common/certificate.ts';
import { selfSignedArguments } from '../../common/openssl.ts';

/** Makes a certificate for localhost with a common name. */
export async function makeCertificate(folder: string, commonName: string): Promise<CertificateFiles> {
  const files = { certificate: join(folder, `${commonName}.pem`), key: join(folder, `${commonName}.key`) };
  const alternativeNames = ['DNS:localhost', 'IP:127.0.0.1'];
  await execa('openssl', selfSignedArguments({ ...files, commonName, alternativeNames, days: 2 }));
  return files;
}
