import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from './errors.ts';
import { selfSignedArguments } from './openssl.ts';

/** The paths of a certificate and its key, PEM files. */
export interface CertificateFiles {
  certificate: string;
  key: string;
}

/** Returns a self-signed certificate for localhost in `folder`; replaces it unless it is that of the key and valid for a day. */
export async function localhostCertificate(folder: string): Promise<CertificateFiles> {
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  if (!(await isValid(files))) await create(folder, files);
  return files;
}

async function isValid({ certificate, key }: CertificateFiles): Promise<boolean> {
  try {
    const x509 = new X509Certificate(await readFile(certificate));
    const isPair = x509.checkPrivateKey(createPrivateKey(await readFile(key)));
    return isPair && x509.validToDate.getTime() > Date.now() + 86_400_000;
  } catch {
    return false;
  }
}

// Written beside and renamed: an interruption leaves no partial file. It may leave halves of two pairs, which are not valid.
async function create(folder: string, files: CertificateFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  const next = { certificate: `${files.certificate}.new`, key: `${files.key}.new` };
  const alternativeNames = ['DNS:localhost', 'IP:127.0.0.1', 'IP:::1'];
  const parameters = selfSignedArguments({ ...next, commonName: 'localhost', alternativeNames, days: 90 });
  const { failed, stderr } = await execa('openssl', parameters, { reject: false, stdin: 'ignore' });
  if (failed)
    throw new UserError(
      `openssl failed to make a certificate: ${stderr || 'is it installed? (apt-get install openssl)'}`,
    );
  await rename(next.key, files.key);
  await rename(next.certificate, files.certificate);
}
