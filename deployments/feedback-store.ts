import { randomBytes } from 'node:crypto';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { DeleteParameterCommand, ParameterType, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { UserError } from '../common/errors.ts';
import {
  type FeedbackRecord,
  feedbackPrefix,
  feedbackRecord,
  predictionKeyParameter,
} from '../common/feedback/record.ts';
import { parseJson } from '../common/parse-json.ts';
import { partitionOf } from '../common/partition.ts';
import { type Access, clientConfiguration } from './access.ts';
import { storeClient } from './s3.ts';

/** Objects that are read at the same time. */
const parallel = 50;

export interface FeedbackStoreProps {
  access: Access;
  stack: string;
  bucket: string;
}

/** The bucket of a stack's feedback, which no stack holds: `make destroy` leaves it alone. */
export class FeedbackStore {
  readonly #props: FeedbackStoreProps;
  readonly #client: S3Client;

  constructor(props: FeedbackStoreProps) {
    this.#props = props;
    this.#client = storeClient(props.access);
  }

  /** Makes the bucket and the key of predictions where they are missing: private, encrypted; feedback goes after `days`. */
  async prepare(days: number): Promise<void> {
    await this.#makeKey();
    await this.#makeBucket();
    const { bucket: Bucket } = this.#props;
    const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    await this.#client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: all }));
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }];
    await this.#client.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    await this.#client.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [expiry(days)] } }),
    );
    // The emulator regards every request as one without TLS.
    if (this.#props.access.endpoint === undefined)
      await this.#client.send(new PutBucketPolicyCommand({ Bucket, Policy: this.#tlsOnly() }));
  }

  /** Deletes the key of predictions: the ids that it has signed are none any more. */
  async endIds(): Promise<void> {
    const { access, stack } = this.#props;
    await new SSMClient(clientConfiguration(access))
      .send(new DeleteParameterCommand({ Name: predictionKeyParameter(stack) }))
      .catch(unless('ParameterNotFound'));
  }

  /** Reads all feedback, in no order; what is none is left out. */
  async *read(): AsyncGenerator<FeedbackRecord> {
    const { bucket: Bucket } = this.#props;
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket, Prefix: feedbackPrefix });
    for await (const { Contents = [] } of pages)
      for (let first = 0; first < Contents.length; first += parallel) {
        const some = Contents.slice(first, first + parallel);
        const records = await Promise.all(some.map(({ Key = '' }) => this.#record(Key)));
        for (const record of records) if (record) yield record;
      }
  }

  async #record(Key: string): Promise<FeedbackRecord | undefined> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#props.bucket, Key }));
    return feedbackRecord.safeParse(parseJson((await Body?.transformToString()) ?? '')).data;
  }

  async #makeKey(): Promise<void> {
    const { access, stack } = this.#props;
    const parameter = {
      ...{ Name: predictionKeyParameter(stack), Value: randomBytes(32).toString('hex') },
      ...{ Type: ParameterType.SECURE_STRING, Overwrite: false },
    };
    await new SSMClient(clientConfiguration(access))
      .send(new PutParameterCommand(parameter))
      .catch(unless('ParameterAlreadyExists'));
  }

  async #makeBucket(): Promise<void> {
    const { access, bucket: Bucket } = this.#props;
    const LocationConstraint = access.region as BucketLocationConstraint;
    // The first region of AWS takes no name.
    const place = access.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } };
    await this.#client.send(new CreateBucketCommand({ Bucket, ...place })).catch((error: Error) => {
      if (error.name === 'BucketAlreadyOwnedByYou') return;
      if (error.name !== 'BucketAlreadyExists') throw error;
      throw new UserError(
        `The bucket ${Bucket} belongs to another account: feedback cannot be stored. Change \`name\`.`,
      );
    });
  }

  #tlsOnly(): string {
    const arn = `arn:${partitionOf(this.#props.access.region)}:s3:::${this.#props.bucket}`;
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`], Condition };
    return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  }
}

function expiry(days: number) {
  return {
    ...{ ID: 'days', Status: 'Enabled' as const, Filter: { Prefix: feedbackPrefix } },
    Expiration: { Days: days },
  };
}

function unless(name: string): (error: Error) => void {
  return (error) => {
    if (error.name !== name) throw error;
  };
}
