import test from 'ava';
import { EnvironmentError, readSettings } from '../../app/settings.ts';

const message = (environment: Record<string, string>) => {
  try {
    readSettings(environment);
  } catch (error) {
    return error instanceof EnvironmentError ? error.message : String(error);
  }
  return undefined;
};

test('nothing set gives the defaults', (t) => {
  t.deepEqual(readSettings({}), {
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
    drainSeconds: 20,
  });
});

test('an empty variable is one that is not set', (t) => {
  t.is(readSettings({ PORT: '' }).port, 8080);
});

test('a certificate and its key, and a metrics port, are taken together', (t) => {
  const settings = readSettings({ TLS_CERTIFICATE: 'a.pem', TLS_KEY: 'b.pem', METRICS_PORT: '9000' });
  t.deepEqual(settings.tls, { certificate: 'a.pem', key: 'b.pem' });
  t.deepEqual(settings.metrics, { host: '127.0.0.1', port: 9000 });
});

test('every wrong variable is named, with what was expected and what to do', (t) => {
  t.is(
    message({ PORT: '80a', TRUST_PROXY: '-1', LOG_LEVEL: 'loud' }),
    [
      'PORT: expected a whole number from 0 to 65535, got "80a"; change it or unset it to use the default',
      'TRUST_PROXY: expected a whole number from 0 to 10, got "-1"; change it or unset it to use the default',
      'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent, got "loud"; change it or unset it to use the default',
    ].join('\n'),
  );
});

for (const port of ['65536', '1.5', '0x10', ' 80', '1e3', '99999999999999999999']) {
  test(`PORT=${port} is refused`, (t) => {
    t.regex(message({ PORT: port }) ?? '', /^PORT: expected a whole number from 0 to 65535, got /);
  });
}

test('a head that may take longer than its whole request is refused', (t) => {
  t.is(
    message({ HEADER_TIMEOUT_SECONDS: '11' }),
    'HEADER_TIMEOUT_SECONDS: expected at most REQUEST_TIMEOUT_SECONDS (10), got 11; lower it or raise the other',
  );
  t.is(message({ HEADER_TIMEOUT_SECONDS: '11', REQUEST_TIMEOUT_SECONDS: '11' }), undefined);
});

test('a certificate without its key is refused, and the other way round', (t) => {
  t.is(
    message({ TLS_CERTIFICATE: 'a.pem' }),
    'TLS_KEY: expected a PEM file because TLS_CERTIFICATE is set, got nothing; set both or none',
  );
  t.is(
    message({ TLS_KEY: 'b.pem' }),
    'TLS_CERTIFICATE: expected a PEM file because TLS_KEY is set, got nothing; set both or none',
  );
});
