import test from 'ava';
import { selfSignedArguments, signingArguments, signingRequestArguments } from '../../common/openssl.ts';

const key = [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:prime256v1',
  '-nodes',
  '-keyout',
  'a.key',
  '-subj',
  '/CN=a',
];

test('a self-signed certificate has names and a life time', (t) => {
  const props = { key: 'a.key', commonName: 'a', alternativeNames: ['DNS:a', 'IP:127.0.0.1'], days: 90 };
  t.deepEqual(selfSignedArguments({ ...props, certificate: 'a.pem' }), [
    ...['req', '-x509', ...key, '-addext', 'subjectAltName=DNS:a,IP:127.0.0.1', '-days', '90', '-out', 'a.pem'],
  ]);
});

test('a signing request comes with a new key', (t) => {
  t.deepEqual(signingRequestArguments({ key: 'a.key', commonName: 'a', request: 'a.csr' }), [
    ...['req', ...key, '-out', 'a.csr'],
  ]);
});

test('a request is signed by an authority or by its own key', (t) => {
  const props = { request: 'a.csr', certificate: 'a.pem', extensions: 'a.ext', days: 365 };
  const rest = ['-days', '365', '-extfile', 'a.ext', '-out', 'a.pem'];
  t.deepEqual(signingArguments({ ...props, signer: { key: 'ca.key', certificate: 'ca.pem' } }), [
    ...['x509', '-req', '-in', 'a.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', ...rest],
  ]);
  t.deepEqual(signingArguments({ ...props, signer: { key: 'a.key' } }), [
    ...['x509', '-req', '-in', 'a.csr', '-key', 'a.key', ...rest],
  ]);
});
