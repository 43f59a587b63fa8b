import test from 'ava';
import { EnvironmentError, readSettings } from '../../app/settings.ts';

test('an empty environment gives the defaults', (t) => {
  t.deepEqual(readSettings({}), {
    apiKeys: undefined,
    host: '127.0.0.1',
    port: 8080,
    artifact: 'build/artifact',
    tls: undefined,
    trustProxy: 0,
    rateLimit: { requests: 600, windowSeconds: 60 },
    limits: {
      bodyBytes: 262_144,
      textCharacters: 2000,
      batchTexts: 64,
      headerBytes: 16_384,
      connections: 4096,
      waiting: 256,
    },
    timeouts: { headerSeconds: 5, requestSeconds: 10, idleSeconds: 75 },
    metrics: undefined,
    log: { level: 'info', text: false, requestsPerSecond: 100 },
    samples: false,
    drainSeconds: 20,
    feedback: undefined,
    shadow: undefined,
  });
});

test('reads the certificate with its key and the metrics port with its host', (t) => {
  const settings = readSettings({ TLS_CERTIFICATE: 'a.pem', TLS_KEY: 'b.pem', METRICS_PORT: '9000' });
  t.deepEqual(settings.tls, { certificate: 'a.pem', key: 'b.pem' });
  t.deepEqual(settings.metrics, { host: '127.0.0.1', port: 9000 });
});

test('reads where the shadow takes copies, and how many', (t) => {
  const socket = '/run/shadow.sock';
  t.deepEqual(readSettings({ SHADOW_SOCKET: socket }).shadow, { socket, percent: 100 });
  t.deepEqual(readSettings({ SHADOW_SOCKET: socket, SHADOW_PERCENT: '10' }).shadow, { socket, percent: 10 });
});

const badPorts = ['65536', '1.5', '0x10', ' 80', '1e3', '99999999999999999999'];

function notAPort(port: string): string {
  return `PORT: expected a whole number from 0 to 65535, got "${port}"; change it or unset it to use the default`;
}

const refused: Record<string, [environment: Record<string, string>, ...problems: string[]]> = {
  'several variables': [
    { PORT: '80a', TRUST_PROXY: '-1', LOG_LEVEL: 'loud' },
    notAPort('80a'),
    'TRUST_PROXY: expected a whole number from 0 to 10, got "-1"; change it or unset it to use the default',
    'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent, got "loud"; change it or unset it to use the default',
  ],
  ...Object.fromEntries(badPorts.map((port) => [`PORT=${port}`, [{ PORT: port }, notAPort(port)]])),
  'a header time-out that is longer than the request time-out': [
    { HEADER_TIMEOUT_SECONDS: '11' },
    'HEADER_TIMEOUT_SECONDS: expected at most REQUEST_TIMEOUT_SECONDS (10), got 11; lower it or raise the other',
  ],
  'a certificate without its key': [
    { TLS_CERTIFICATE: 'a.pem' },
    'TLS_KEY: expected a PEM file because TLS_CERTIFICATE is set, got nothing; set both or none',
  ],
  'a key without its certificate': [
    { TLS_KEY: 'b.pem' },
    'TLS_CERTIFICATE: expected a PEM file because TLS_KEY is set, got nothing; set both or none',
  ],
};

for (const [title, [environment, ...problems]] of Object.entries(refused)) {
  test(`refuses ${title}`, (t) => {
    t.throws(() => readSettings(environment), { instanceOf: EnvironmentError, message: problems.join('\n') });
  });
}

test('accepts an empty variable as unset, and a number at each bound', (t) => {
  const ports = ['', '0', '65535'].map((port) => readSettings({ PORT: port }).port);
  t.deepEqual(ports, [8080, 0, 65_535]);
});

test('accepts a header time-out as long as the request time-out', (t) => {
  t.notThrows(() => readSettings({ HEADER_TIMEOUT_SECONDS: '11', REQUEST_TIMEOUT_SECONDS: '11' }));
});
