import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { execa } from 'execa';
import { readCertificate } from '../../app/tls/certificate.ts';
import { localhostCertificate } from '../../common/certificate.ts';
import { selfSignedArguments } from '../../common/openssl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a certificate for localhost is made once, and the service accepts it', async (t) => {
  const folder = await temporaryFolder(t);
  const files = await localhostCertificate(folder);
  await t.notThrowsAsync(readCertificate(files));
  const pem = await readFile(files.certificate);
  const { subjectAltName, validToDate } = new X509Certificate(pem);
  t.is(subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  t.is(Math.round((validToDate.getTime() - Date.now()) / 86_400_000), 90);
  await localhostCertificate(folder);
  t.deepEqual(await readFile(files.certificate), pem);
});

test('a certificate that expires within a day is replaced', async (t) => {
  const folder = await temporaryFolder(t);
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  await execa('openssl', selfSignedArguments({ ...files, commonName: 'old', alternativeNames: ['DNS:old'], days: 1 }));
  await localhostCertificate(folder);
  t.is(new X509Certificate(await readFile(files.certificate)).subject, 'CN=localhost');
});

for (const file of ['certificate', 'key'] as const) {
  test(`a pair whose ${file} is damaged or of another pair is replaced`, async (t) => {
    const folder = await temporaryFolder(t);
    const others = await localhostCertificate(await temporaryFolder(t));
    for (const content of ['', await readFile(others[file])]) {
      const files = await localhostCertificate(folder);
      await writeFile(files[file], content);
      await localhostCertificate(folder);
      await t.notThrowsAsync(readCertificate(files));
    }
  });
}
