import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { UserError } from './errors.ts';

/** Where a certificate and its key are. */
export interface CertificateFiles {
  certificate: string;
  key: string;
}

const days = 90;

/** A certificate for this machine, in a folder; made when there is none or when it ends within a day. */
export async function selfSignedCertificate(folder: string): Promise<CertificateFiles> {
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  if (!(await isGood(files))) await make(folder, files);
  return files;
}

async function isGood({ certificate, key }: CertificateFiles): Promise<boolean> {
  if (!existsSync(certificate) || !existsSync(key)) return false;
  const { validToDate } = new X509Certificate(await readFile(certificate));
  return validToDate.getTime() > Date.now() + 86_400_000;
}

// Made beside and renamed, so that an interruption leaves no half of a pair.
async function make(folder: string, files: CertificateFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  const fresh = { certificate: `${files.certificate}.new`, key: `${files.key}.new` };
  await openssl(fresh);
  await rename(fresh.key, files.key);
  await rename(fresh.certificate, files.certificate);
}

async function openssl({ certificate, key }: CertificateFiles): Promise<void> {
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'];
  const { failed, stderr } = await execa(
    'openssl',
    ['req', '-x509', ...newKey, ...names, '-days', String(days), '-out', certificate],
    { reject: false, stdin: 'ignore' },
  );
  if (failed)
    throw new UserError(`openssl made no certificate: ${stderr || 'is it installed? (apt-get install openssl)'}`);
}
