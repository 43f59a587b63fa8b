import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const validDays = 365;
const renewalSeconds = 7 * 24 * 60 * 60;

const subject = `basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
`;

const authority = `basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
`;

/**
 * Makes the rehearsal's own certificate authority and a certificate of it for localhost, unless `folder` holds them.
 * The authority's key is thrown away: nothing else can ever be signed with it.
 */
export async function ensureCertificate(folder: string): Promise<void> {
  if (await isGood(folder)) return;
  await mkdir(join(folder, '..'), { recursive: true });
  const workshop = await mkdtemp(`${folder}-`);
  try {
    await issue(workshop);
    await rm(folder, { recursive: true, force: true });
    await rename(workshop, folder);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function isGood(folder: string): Promise<boolean> {
  const certificate = join(folder, 'certificate.pem');
  const files = [certificate, join(folder, 'key.pem'), join(folder, 'ca.pem')];
  if (!files.every((file) => existsSync(file))) return false;
  const check = ['x509', '-checkend', String(renewalSeconds), '-noout', '-in', certificate];
  const { exitCode } = await execa('openssl', check, { reject: false, stdin: 'ignore' });
  return exitCode === 0;
}

async function issue(folder: string): Promise<void> {
  const openssl = (...parameters: string[]) => execa('openssl', parameters, { cwd: folder, stdin: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];
  await writeFile(join(folder, 'authority.ext'), authority);
  await writeFile(join(folder, 'subject.ext'), subject);
  await openssl('req', ...key, '-keyout', 'ca.key', '-subj', '/CN=intent-fleet rehearsal', '-out', 'ca.csr');
  await openssl(
    'x509',
    '-req',
    '-in',
    'ca.csr',
    '-key',
    'ca.key',
    '-days',
    `${validDays}`,
    '-extfile',
    'authority.ext',
    '-out',
    'ca.pem',
  );
  await openssl('req', ...key, '-keyout', 'key.pem', '-subj', '/CN=localhost', '-out', 'subject.csr');
  const signed = [
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    `${validDays}`,
    '-extfile',
    'subject.ext',
  ];
  await openssl('x509', '-req', '-in', 'subject.csr', ...signed, '-out', 'certificate.pem');
  for (const name of ['ca.key', 'ca.csr', 'ca.srl', 'subject.csr', 'authority.ext', 'subject.ext']) {
    await rm(join(folder, name), { force: true });
  }
}
