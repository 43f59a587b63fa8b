import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import test from 'ava';
import { type FeedbackRecord, feedbackKey } from '../../common/feedback/record.ts';
import { FeedbackStore } from '../../deployments/feedback-store.ts';
import { emulated } from '../rehearsal/gateway/emulated.ts';
import { accessKey } from '../rehearsal/gateway/signed.ts';
import { collect } from '../support/collect.ts';

const bucket = 'fleet-feedback-123456789012';

function record(number: number): FeedbackRecord {
  return {
    prediction: number.toString(16).padStart(24, '0'),
    ...{ predictedAt: '2026-05-01T10:00:00.000Z', receivedAt: '2026-05-02T11:00:00.000Z' },
    ...{ release: '0123456789abcdef', predicted: 'praise', intent: 'question' },
  };
}

test('the bucket is private and encrypted, and forgets after days; to prepare it again keeps key and feedback', async (t) => {
  const { endpoint, objects } = await emulated(t);
  const access = { region: 'eu-central-1', endpoint, credentials: accessKey };
  const store = new FeedbackStore({ access, stack: 'fleet', bucket });
  const keyOf = async () => {
    const parameter = { Name: '/fleet/prediction-key', WithDecryption: true };
    const { Parameter } = await new SSMClient({ ...access, maxAttempts: 1 }).send(new GetParameterCommand(parameter));
    return [Parameter?.Type, Parameter?.Value] as const;
  };
  await store.prepare(90);
  const [type, key] = await keyOf();
  t.is(type, 'SecureString');
  t.regex(key ?? '', /^[0-9a-f]{64}$/);
  const records = Array.from({ length: 60 }, (_, number) => record(number));
  const put = (one: FeedbackRecord) =>
    objects.send(new PutObjectCommand({ Bucket: bucket, Key: feedbackKey(one), Body: JSON.stringify(one) }));
  await Promise.all(records.map(put));
  await objects.send(
    new PutObjectCommand({ Bucket: bucket, Key: 'feedback/2026-05-01/strange.json', Body: 'rubbish' }),
  );

  await store.prepare(30);
  t.deepEqual(await keyOf(), [type, key]);
  t.deepEqual(
    (await collect(store.read())).sort((one, other) => (one.prediction < other.prediction ? -1 : 1)),
    records,
  );
  await store.endIds();
  await store.endIds();
  await store.prepare(30);
  t.not((await keyOf())[1], key);
  const { PublicAccessBlockConfiguration } = await objects.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
  t.deepEqual(new Set(Object.values(PublicAccessBlockConfiguration ?? {})), new Set([true]));
  const { ServerSideEncryptionConfiguration } = await objects.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
  t.is(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
  const { Rules } = await objects.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
  t.deepEqual(
    Rules?.map(({ Filter, Expiration, Status }) => [Filter?.Prefix, Expiration?.Days, Status]),
    [['feedback/', 30, 'Enabled']],
  );
});
