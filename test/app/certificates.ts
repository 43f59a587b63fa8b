import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where a certificate and its key are. */
export interface CertificateFiles {
  certificate: string;
  key: string;
}

/** Makes a certificate for localhost with a name of its own. */
export async function makeCertificate(folder: string, name: string): Promise<CertificateFiles> {
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await run('openssl', ['req', '-x509', ...key, ...subject, '-days', '2', '-out', files.certificate]);
  return files;
}
