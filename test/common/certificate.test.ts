import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { readCertificate } from '../../app/tls/certificate.ts';
import { selfSignedCertificate } from '../../common/certificate.ts';

test('a certificate for this machine is made once, and the service takes it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'intent-certificate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const files = await selfSignedCertificate(folder);
  await t.notThrowsAsync(readCertificate(files));
  const pem = await readFile(files.certificate);
  t.is(new X509Certificate(pem).subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  await selfSignedCertificate(folder);
  t.deepEqual(await readFile(files.certificate), pem);
});
