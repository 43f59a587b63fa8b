import test from 'ava';
import { shadowParameter } from '../../../common/shadow/parameter.ts';
import { wantedShadow } from '../../../common/shadow/wanted.ts';

const sha256 = '0123456789abcdef'.repeat(4);
const wanted = {
  release: '0123456789abcdef',
  url: 'https://b.s3.eu-central-1.amazonaws.com/releases/0123456789abcdef.tar.gz',
  sha256,
};

test('a stack has one parameter, which names the release, its archive and the checksum', (t) => {
  t.is(shadowParameter('intent-fleet-production'), '/intent-fleet-production/shadow');
  t.deepEqual(wantedShadow.parse(wanted), wanted);
});

const refused = {
  'another release than that of the checksum': { ...wanted, release: 'fedcba9876543210' },
  'a short checksum': { ...wanted, sha256: sha256.slice(1) },
  'an address that is none': { ...wanted, url: 'file:///etc/passwd' },
  'an unknown member': { ...wanted, more: 1 },
  'a missing member': { release: wanted.release, url: wanted.url },
};

for (const [what, value] of Object.entries(refused)) {
  test(`refuses ${what}`, (t) => t.false(wantedShadow.safeParse(value).success));
}
