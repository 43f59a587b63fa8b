import test from 'ava';
import { releaseArchive } from '../../stacks/release-archive.ts';
import { bucketName, releaseUrl } from '../../stacks/site.ts';

const release = releaseArchive('/somewhere/r.tar.gz', '0123456789abcdef'.repeat(4), '/artifact/manifest.json');
const aws = { accountId: '123456789012' };
const rehearsal = { ...aws, rehearsal: { certificateArn: 'arn', storeEndpoint: 'http://169.254.169.252' } };

test('the id of a release is in the keys of its archive and its manifest', (t) => {
  t.deepEqual(release, {
    path: '/somewhere/r.tar.gz',
    sha256: '0123456789abcdef'.repeat(4),
    key: 'releases/0123456789abcdef.tar.gz',
    manifest: { path: '/artifact/manifest.json', key: 'releases/0123456789abcdef.manifest.json' },
  });
});

test("the account is part of the bucket's name, which is short enough", (t) => {
  t.is(bucketName('fleet-production', aws), 'fleet-production-releases-123456789012');
  t.true(bucketName('n'.repeat(32), aws).length <= 63);
});

test('machines download the release from S3, or from the store of the rehearsal', (t) => {
  t.is(
    releaseUrl('b', 'eu-central-1', release, aws),
    'https://b.s3.eu-central-1.amazonaws.com/releases/0123456789abcdef.tar.gz',
  );
  t.is(
    releaseUrl('b', 'eu-central-1', release, rehearsal),
    'http://169.254.169.252/b/releases/0123456789abcdef.tar.gz',
  );
});
