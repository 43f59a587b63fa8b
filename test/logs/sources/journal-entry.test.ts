import test from 'ava';
import { parseEntry } from '../../../logs/sources/journal-entry.ts';

const entry = { __CURSOR: 's=1;i=2', __REALTIME_TIMESTAMP: '1764402210123999', _SYSTEMD_UNIT: 'ssh.service' };

function lineOf(fields: object) {
  return parseEntry(JSON.stringify({ ...entry, ...fields })).line;
}

test('an entry is a line with its time in milliseconds, and a position', (t) => {
  t.deepEqual(parseEntry(JSON.stringify({ ...entry, MESSAGE: 'hello' })), {
    line: { unit: 'system', timestamp: 1_764_402_210_123, message: 'hello' },
    position: 's=1;i=2',
  });
});

test('the unit decides where a line belongs; what systemd says about a unit belongs there, too', (t) => {
  const unitOf = (fields: object) => lineOf({ MESSAGE: 'm', ...fields })?.unit;
  t.is(unitOf({ _SYSTEMD_UNIT: 'intent-fleet@8081.service' }), 'service');
  t.is(unitOf({ _SYSTEMD_UNIT: 'init.scope', UNIT: 'intent-fleet@8081.service' }), 'service');
  t.is(unitOf({ _SYSTEMD_UNIT: 'nginx.service' }), 'proxy');
  t.is(unitOf({ _SYSTEMD_UNIT: 'cloud-final.service' }), 'bootstrap');
  t.is(unitOf({ _SYSTEMD_UNIT: 'cloud-config.service' }), 'cloud-init');
  t.is(unitOf({ _SYSTEMD_UNIT: 'intent-fleet-logs.service' }), 'system');
  t.is(unitOf({ _SYSTEMD_UNIT: undefined }), 'system');
});

test('a message is a text, bytes, or several of them', (t) => {
  const messageOf = (MESSAGE: unknown) => lineOf({ MESSAGE })?.message;
  t.is(messageOf([...Buffer.from('\u001b[1mgrün')]), '\u001b[1mgrün');
  t.is(messageOf([0xff, 0x41]), '\ufffdA');
  t.is(messageOf(['one', [...Buffer.from('two')]]), 'one\ntwo');
});

test('an entry without a message moves the position alone', (t) => {
  for (const MESSAGE of ['', null, undefined])
    t.deepEqual(parseEntry(JSON.stringify({ ...entry, MESSAGE })), { line: undefined, position: 's=1;i=2' });
});

test("nginx's errors lose the queries, in which clients may have put texts", (t) => {
  const MESSAGE =
    '[error] 12#12: *3 no live upstreams, request: "POST /predict?text=my%20secret HTTP/1.1", upstream: "https://workers/predict?text=my%20secret", host: "a"';
  t.is(
    lineOf({ _SYSTEMD_UNIT: 'nginx.service', MESSAGE })?.message,
    '[error] 12#12: *3 no live upstreams, request: "POST /predict HTTP/1.1", upstream: "https://workers/predict", host: "a"',
  );
  t.is(lineOf({ MESSAGE: 'why?because' })?.message, 'why?because');
});
