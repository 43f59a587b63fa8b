import { hostname } from 'node:os';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isAlive } from '../common/processes.ts';
import { stateClient } from './s3.ts';
import { type FoundLock, type Holder, type LockStore, parseHolder } from './stage-lock.ts';

export interface LockObjectProps {
  bucket: string;
  region: string;
  key: string;
  /** How often the holder renews it, and when one that was not renewed counts as abandoned. */
  renewMilliseconds?: number;
  abandonedMilliseconds?: number;
}

/** A lock in the bucket of the state: for the commands of all checkouts. Its holder renews it as long as it runs. */
export class LockObject implements LockStore {
  readonly #props: Required<LockObjectProps>;
  readonly #client: S3Client;
  #renewal: NodeJS.Timeout | undefined;
  #renewed: Promise<unknown> = Promise.resolve();

  constructor(props: LockObjectProps) {
    this.#props = { renewMilliseconds: 20_000, abandonedMilliseconds: 120_000, ...props };
    this.#client = stateClient(props.region);
  }

  get removal(): string {
    return `aws s3 rm s3://${this.#props.bucket}/${this.#props.key}`;
  }

  async create(text: string): Promise<boolean> {
    const put = (condition: object) =>
      this.#client.send(
        new PutObjectCommand({ ...this.#object, Body: text, ContentType: 'application/json', ...condition }),
      );
    try {
      await put({ IfNoneMatch: '*' });
    } catch (error) {
      // 409: another command creates it at this moment.
      if (['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) return false;
      throw error;
    }
    const renew = () => {
      // One that fails is made up for by the next one.
      this.#renewed = put({}).catch(() => undefined);
    };
    this.#renewal = setInterval(renew, this.#props.renewMilliseconds).unref();
    return true;
  }

  async read(): Promise<FoundLock | undefined> {
    try {
      const { Body, LastModified, ETag = '' } = await this.#client.send(new GetObjectCommand(this.#object));
      const holder = parseHolder((await Body?.transformToString()) ?? '');
      return { text: ETag, holder, isAbandoned: this.#isAbandoned(holder, LastModified) };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  async remove({ text }: FoundLock): Promise<void> {
    const command = new DeleteObjectCommand({ ...this.#object, IfMatch: text });
    await this.#client.send(command).catch((error: Error) => {
      if (error.name !== 'PreconditionFailed' && error.name !== 'NoSuchKey') throw error;
    });
  }

  async release(): Promise<void> {
    clearInterval(this.#renewal);
    // It would create the object again.
    await this.#renewed;
    await this.#client.send(new DeleteObjectCommand(this.#object));
  }

  get #object() {
    return { Bucket: this.#props.bucket, Key: this.#props.key };
  }

  #isAbandoned(holder: Holder | undefined, renewedAt = new Date()): boolean {
    if (holder?.host === hostname()) return !isAlive(holder.process);
    return Date.now() - renewedAt.getTime() > this.#props.abandonedMilliseconds;
  }
}
