import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import test from 'ava';
import { Bucket } from '../../../common/aws/bucket.ts';
import { admission } from '../../../rehearsal/gateway/access.ts';
import { userWith } from '../../../rehearsal/permissions/principal.ts';
import { emulated } from '../../rehearsal/gateway/emulated.ts';
import { accessKey } from '../../rehearsal/gateway/signed.ts';

test('an object is made once, by a signed request; its errors are those of S3', async (t) => {
  const caller = () => ({ key: accessKey, principal: async () => userWith(undefined) });
  const { endpoint, objects } = await emulated(t, { admit: admission(caller, { refusalOf: async () => undefined }) });
  const LocationConstraint = 'eu-central-1';
  await objects.send(
    new CreateBucketCommand({ Bucket: 'fleet-feedback', CreateBucketConfiguration: { LocationConstraint } }),
  );
  let forgotten = 0;
  const credentials = {
    get: async () => ({ ...accessKey, sessionToken: '', expiration: new Date(8.64e15) }),
    forget: () => void forgotten++,
  };
  const bucket = (name: string) => new Bucket({ url: `${endpoint}/${name}`, region: 'eu-central-1', credentials });
  t.is(await bucket('fleet-feedback').create('feedback/2026-05-01/1.json', '{"a":1}'), 'made');
  t.is(await bucket('fleet-feedback').create('feedback/2026-05-01/1.json', '{"a":2}'), 'exists');
  const { Body } = await objects.send(
    new GetObjectCommand({ Bucket: 'fleet-feedback', Key: 'feedback/2026-05-01/1.json' }),
  );
  t.is(await Body?.transformToString(), '{"a":1}');
  await t.throwsAsync(bucket('no-bucket').create('x', '{}'), { name: 'ServiceError', code: 'NoSuchBucket' });
  t.is(forgotten, 0);
});
