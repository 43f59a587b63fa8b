import test from 'ava';
import { releaseArchive } from '../../stacks/release-archive.ts';
import { bucketName, endpointOf } from '../../stacks/site.ts';

const release = releaseArchive('/somewhere/r.tar.gz', '0123456789abcdef'.repeat(4), '/artifact/manifest.json');
const aws = { accountId: '123456789012' };

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

test('machines reach CloudWatch and its logs at the addresses of their region', (t) => {
  t.is(endpointOf('logs', 'eu-central-1', aws), 'https://logs.eu-central-1.amazonaws.com');
  t.is(endpointOf('monitoring', 'cn-north-1', aws), 'https://monitoring.cn-north-1.amazonaws.com.cn');
});
