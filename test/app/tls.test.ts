import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { connect as connectPlain, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import test, { type ExecutionContext } from 'ava';
import { CertificateError, readCertificate } from '../../app/tls/certificate.ts';
import { makeCertificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startLoad } from './load.ts';
import { secondsOf, startTestService } from './service.ts';

async function handshake(port: number, options: ConnectionOptions): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** Starts a service with a certificate of its own. */
async function startTls(t: ExecutionContext, environment: Record<string, string> = {}) {
  const files = await makeCertificate(await temporaryFolder(t), 'one');
  const tls = { TLS_CERTIFICATE: files.certificate, TLS_KEY: files.key };
  return { ...(await startTestService(t, { ...tls, ...environment })), files };
}

test('sends the certificate with its chain, by TLS 1.2 and 1.3 with forward secrecy alone', async (t) => {
  const { port, files } = await startTls(t);
  const verified = { ca: await readFile(files.certificate), rejectUnauthorized: true, servername: 'localhost' };
  const [newer, older] = await Promise.all([handshake(port, verified), handshake(port, { maxVersion: 'TLSv1.2' })]);
  t.true(newer.authorized);
  t.deepEqual([newer.getProtocol(), older.getProtocol()], ['TLSv1.3', 'TLSv1.2']);
  t.regex(older.getCipher().name, /^ECDHE-ECDSA-(AES\d+-GCM|CHACHA20)/);
  newer.destroy();
  older.destroy();
  const ancient = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await t.throwsAsync(handshake(port, ancient));
  await t.throwsAsync(handshake(port, { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }));
});

test('refuses a certificate that cannot be served, with what to do', async (t) => {
  const folder = await temporaryFolder(t);
  const one = await makeCertificate(folder, 'one');
  const two = await makeCertificate(folder, 'two');
  const other = join(folder, 'other.pem');
  await writeFile(other, 'no certificate');
  const missing = join(folder, 'missing.pem');
  const mismatch = `${two.key}: expected the private key of ${one.certificate}, got the key of another one`;
  const refusals: [certificate: string, key: string, days: number, message: string, end?: string][] = [
    [one.certificate, two.key, 0, mismatch],
    [other, one.key, 0, `${other}: expected a PEM certificate, got something else (`, ')'],
    [one.certificate, other, 0, `${other}: expected an unencrypted PEM private key, got something else (`, ')'],
    [missing, one.key, 0, `TLS_CERTIFICATE: expected a readable file at ${missing}, got ENOENT`, `'${missing}'`],
    [one.certificate, one.key, 3, `${one.certificate}: expired at 20`, 'Z; put a renewed certificate there'],
    [one.certificate, one.key, -1, `${one.certificate}: not valid before 20`, 'Z; is the clock right?'],
  ];
  for (const [certificate, key, days, start, end = ''] of refusals) {
    await t.throwsAsync(readCertificate({ certificate, key }, new Date(Date.now() + days * 86_400_000)), {
      instanceOf: CertificateError,
      message: (message) => (end ? message.startsWith(start) && message.endsWith(end) : message === start),
    });
  }
});

test('rotates the certificate under load without a failed request, and keeps the old one when a new one is invalid', async (t) => {
  const folder = await temporaryFolder(t);
  const one = await makeCertificate(folder, 'one');
  const two = await makeCertificate(folder, 'two');
  const served = await makeCertificate(folder, 'served');
  const environment = { TLS_CERTIFICATE: served.certificate, TLS_KEY: served.key, RATE_LIMIT_REQUESTS: '0' };
  const { port, service } = await startTestService(t, environment);
  const rotate = async (certificate: string, key: string) => {
    await Promise.all([copyFile(certificate, served.certificate), copyFile(key, served.key)]);
    await service.reload();
    return commonName(port);
  };
  const refused = async () => JSON.parse((await ask(port, '/ready')).body).refused;
  // Half of the clients keep their connections, half open a new one for every request.
  const agents = [true, true, false, false].map((keepAlive) => new Agent({ keepAlive, maxSockets: 1 }));
  const load = startLoad(agents.map((agent) => () => outcomeOf(port, agent)));
  t.teardown(load.stop);
  t.is(await rotate(one.certificate, one.key), 'one');
  t.is(await rotate(two.certificate, one.key), 'one');
  t.regex((await refused()).certificate.reason, /expected the private key of/);
  t.is(await rotate(two.certificate, two.key), 'two');
  t.is(await refused(), undefined);
  await sleep(200);
  await load.stop();
  for (const agent of agents) agent.destroy();
  t.deepEqual([...load.outcomes.keys()], ['200']);
  t.true((load.outcomes.get('200') ?? 0) > 50);
});

async function ask(port: number, path: string, agent?: Agent): Promise<{ status: number | undefined; body: string }> {
  const options = { port, host: '127.0.0.1', path, rejectUnauthorized: false, ...(agent && { agent }) };
  const [response] = (await once(request(options).end(), 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

async function commonName(port: number): Promise<unknown> {
  const socket = await handshake(port, {});
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN;
}

async function outcomeOf(port: number, agent: Agent): Promise<string> {
  return ask(port, '/health', agent).then(({ status }) => String(status), String);
}

test('closes a connection without a TLS handshake in time, and stops although one is open', async (t) => {
  const waiting = await startTls(t, { HEADER_TIMEOUT_SECONDS: '1' });
  const cut = await silentConnection(t, waiting.port);
  await once(cut, 'close', { signal: AbortSignal.timeout(5000) });
  const ending = await startTls(t, { HEADER_TIMEOUT_SECONDS: '10' });
  await silentConnection(t, ending.port);
  t.true((await secondsOf(ending.service.stop())) < 5);
});

async function silentConnection(t: ExecutionContext, port: number): Promise<Socket> {
  const socket = connectPlain(port, '127.0.0.1').on('error', () => {});
  socket.resume();
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}
