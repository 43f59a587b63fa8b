import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { signingArguments, signingRequestArguments } from '../common/openssl.ts';

const days = 365;
const renewalSeconds = 7 * 24 * 60 * 60;

const authorityExtensions = `basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
`;

const serverExtensions = `basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
`;

/**
 * Makes the rehearsal's certificate authority and its certificate for localhost, unless `folder` holds valid ones.
 * The authority's key is deleted, so that nothing else can be signed with it.
 */
export async function ensureCertificate(folder: string): Promise<void> {
  if (await isValid(folder)) return;
  await mkdir(join(folder, '..'), { recursive: true });
  const draft = await mkdtemp(`${folder}-`);
  try {
    await issue(draft);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function isValid(folder: string): Promise<boolean> {
  const certificate = join(folder, 'certificate.pem');
  const files = [certificate, join(folder, 'key.pem'), join(folder, 'ca.pem')];
  if (!files.every((file) => existsSync(file))) return false;
  const check = ['x509', '-checkend', String(renewalSeconds), '-noout', '-in', certificate];
  const { exitCode } = await execa('openssl', check, { reject: false, stdin: 'ignore' });
  return exitCode === 0;
}

async function issue(folder: string): Promise<void> {
  const openssl = (parameters: string[]) => execa('openssl', parameters, { cwd: folder, stdin: 'ignore' });
  const authority = { key: 'ca.key', request: 'ca.csr', certificate: 'ca.pem', extensions: 'ca.ext' };
  const server = { key: 'key.pem', request: 'key.csr', certificate: 'certificate.pem', extensions: 'key.ext' };
  await writeFile(join(folder, authority.extensions), authorityExtensions);
  await writeFile(join(folder, server.extensions), serverExtensions);
  await openssl(signingRequestArguments({ ...authority, commonName: 'intent-fleet rehearsal' }));
  await openssl(signingArguments({ ...authority, days, signer: { key: authority.key } }));
  await openssl(signingRequestArguments({ ...server, commonName: 'localhost' }));
  await openssl(signingArguments({ ...server, days, signer: authority }));
  for (const name of ['ca.key', 'ca.csr', 'ca.ext', 'ca.srl', 'key.csr', 'key.ext']) {
    await rm(join(folder, name), { force: true });
  }
}
