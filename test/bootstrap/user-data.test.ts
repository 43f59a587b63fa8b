import test from 'ava';
import { renderUserData } from '../../bootstrap/user-data.ts';
import { expected } from './expected.ts';
import { logVariables } from './log-variables.ts';

const release = {
  url: 'https://releases.s3.eu-central-1.amazonaws.com/releases/0123456789abcdef.tar.gz',
  sha256: '0123456789abcdef'.repeat(4),
  region: 'eu-central-1',
};
const variables = { network: { cidr: '10.20.0.0/16' }, fleet: { name: 'intent-fleet' }, logs: logVariables };

test('user data is this script, byte for byte', async (t) => {
  t.is(renderUserData({ release, variables }), await expected('user-data.sh'));
});

test('the order of the variables makes no difference', (t) => {
  const { network, fleet, logs } = variables;
  t.is(renderUserData({ release, variables: { logs, fleet, network } }), renderUserData({ release, variables }));
});

test('user data uses less than 6 of 16 KiB', (t) => {
  t.true(Buffer.byteLength(renderUserData({ release, variables })) < 6 * 1024);
});

test('user data above 16 KiB is refused', (t) => {
  const error = t.throws(() =>
    renderUserData({ release: { ...release, url: `${release.url}/${'a'.repeat(13_000)}` }, variables }),
  );
  t.regex(error.message, /^user data: expected less than 16384 bytes, got \d+; shorten the variables$/);
});

test('an invalid address, checksum or region is refused', (t) => {
  const wrong = { url: "https://example.com/a'b", sha256: 'ABC', region: 'europe' };
  t.throws(() => renderUserData({ release: wrong, variables }), {
    message: [
      'Invalid release address:',
      '  url: expected an address without characters to escape, got "https://example.com/a\'b"',
      '  sha256: expected 64 lower-case hexadecimal digits, got "ABC"',
      '  region: expected a region such as eu-central-1, got "europe"',
    ].join('\n'),
  });
});

test('invalid variables are refused', (t) => {
  t.throws(() => renderUserData({ release, variables: { ...variables, network: { cidr: 'all' } } }), {
    message: /network\.cidr: expected an IPv4 network/,
  });
});
