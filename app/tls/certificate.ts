import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import { UserError } from '../../common/errors.ts';
import type { ServiceSettings } from '../settings.ts';

/** A certificate that can be served. */
export interface ServedCertificate {
  /** What a server needs of it, with its key and the recommended parameters. */
  context: SecureContextOptions;
  expiresAt: Date;
}

/** An error about a certificate that cannot be served. */
export class CertificateError extends UserError {
  override readonly name = 'CertificateError';
}

// Mozilla's "intermediate" recommendation, version 5.7: TLS 1.2 with forward secrecy, and all of TLS 1.3.
const intermediate: SecureContextOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
  ecdhCurve: 'X25519:prime256v1:secp384r1',
};

/** Reads a certificate and its key; throws where they cannot be served at `now`. */
export async function readCertificate(
  files: NonNullable<ServiceSettings['tls']>,
  now = new Date(),
): Promise<ServedCertificate> {
  const [cert, key] = await Promise.all([read(files.certificate, 'TLS_CERTIFICATE'), read(files.key, 'TLS_KEY')]);
  const certificate = parse(() => new X509Certificate(cert), files.certificate, 'a PEM certificate');
  const privateKey = parse(() => createPrivateKey(key), files.key, 'an unencrypted PEM private key');
  checkPair(certificate, privateKey, files);
  checkDates(certificate, files.certificate, now);
  return { context: { ...intermediate, cert, key }, expiresAt: certificate.validToDate };
}

async function read(path: string, setting: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CertificateError(`${setting}: expected a readable file at ${path}, got ${(error as Error).message}`);
  }
}

function parse<T>(read: () => T, path: string, expected: string): T {
  try {
    return read();
  } catch (error) {
    throw new CertificateError(`${path}: expected ${expected}, got something else (${(error as Error).message})`);
  }
}

function checkPair(certificate: X509Certificate, key: KeyObject, files: { certificate: string; key: string }): void {
  if (certificate.checkPrivateKey(key)) return;
  throw new CertificateError(
    `${files.key}: expected the private key of ${files.certificate}, got the key of another one`,
  );
}

function checkDates({ validFromDate, validToDate }: X509Certificate, path: string, now: Date): void {
  if (now < validFromDate)
    throw new CertificateError(`${path}: not valid before ${validFromDate.toISOString()}; is the clock right?`);
  if (now > validToDate) {
    throw new CertificateError(`${path}: expired at ${validToDate.toISOString()}; put a renewed certificate there`);
  }
}
