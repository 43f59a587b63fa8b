import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import test from 'ava';
import { emulated } from '../gateway/emulated.ts';

test('versions are listed while other calls delete them', async (t) => {
  const { objects } = await emulated(t, {});
  const Bucket = 'releases';
  await objects.send(new CreateBucketCommand({ Bucket }));
  await objects.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const Body = Buffer.alloc(2_000_000);
  const keys = Array.from({ length: 12 }, (_, index) => `release-${String(index).padStart(2, '0')}`);
  for (const Key of keys) await objects.send(new PutObjectCommand({ Bucket, Key, Body }));
  const { Versions = [] } = await objects.send(new ListObjectVersionsCommand({ Bucket }));
  t.deepEqual(
    Versions.map(({ Key }) => Key),
    keys,
  );

  let deleting = true;
  const list = async () => {
    const counts: number[] = [];
    while (deleting) counts.push((await objects.send(new ListObjectVersionsCommand({ Bucket }))).Versions?.length ?? 0);
    return counts;
  };
  const lists = [list(), list()];
  // The last of a listing first: they are deleted before it comes to them.
  for (const { Key, VersionId } of Versions.toReversed())
    await objects.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  deleting = false;
  for (const counts of await Promise.all(lists)) {
    t.true(counts.length > 1);
    t.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
  }
  t.deepEqual((await objects.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? [], []);
});
