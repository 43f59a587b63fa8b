import { X509Certificate } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { ensureCertificate } from '../../rehearsal/certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const newFolder = async (t: ExecutionContext) => join(await temporaryFolder(t), 'deep/tls');
const read = async (folder: string, name: string) => new X509Certificate(await readFile(join(folder, name)));

test('makes a certificate for localhost and deletes the key of its authority', async (t) => {
  const folder = await newFolder(t);
  await ensureCertificate(folder);
  t.deepEqual(await readdir(folder), ['ca.pem', 'certificate.pem', 'key.pem']);
  t.deepEqual(await readdir(join(folder, '..')), ['tls']);
  const [authority, certificate] = [await read(folder, 'ca.pem'), await read(folder, 'certificate.pem')];
  t.is(certificate.subject, 'CN=localhost');
  t.is(certificate.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1');
  t.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  t.deepEqual([authority.ca, certificate.ca], [true, false]);
  t.true(certificate.verify(authority.publicKey));
  t.true(certificate.checkIssued(authority));
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000;
  t.true(days > 364 && days <= 365, `${days} days`);
});

test('keeps a valid certificate, whose key only the owner can read', async (t) => {
  const folder = await newFolder(t);
  await ensureCertificate(folder);
  const before = await readFile(join(folder, 'certificate.pem'));
  await ensureCertificate(folder);
  t.deepEqual(await readFile(join(folder, 'certificate.pem')), before);
  t.is((await stat(join(folder, 'key.pem'))).mode & 0o077, 0);
});

test('replaces a certificate that expires within a week, cannot be read or lacks a file', async (t) => {
  const folder = await newFolder(t);
  await mkdir(folder, { recursive: true });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', 'key.pem'];
  const soon = ['req', '-x509', ...key, '-subj', '/CN=old', '-days', '6', '-out', 'certificate.pem'];
  await execa('openssl', soon, { cwd: folder });
  await copyFile(join(folder, 'certificate.pem'), join(folder, 'ca.pem'));
  await ensureCertificate(folder);
  t.is((await read(folder, 'certificate.pem')).subject, 'CN=localhost');
  await writeFile(join(folder, 'certificate.pem'), 'nonsense');
  await ensureCertificate(folder);
  t.is((await read(folder, 'certificate.pem')).subject, 'CN=localhost');
  for (const name of ['ca.pem', 'key.pem']) {
    await rm(join(folder, name));
    await ensureCertificate(folder);
    t.deepEqual(await readdir(folder), ['ca.pem', 'certificate.pem', 'key.pem']);
  }
});
