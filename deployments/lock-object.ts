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
  #own = '';
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
    try {
      await this.#put(text, { IfNoneMatch: '*' });
    } catch (error) {
      // 409: another command creates it at this moment.
      if (['PreconditionFailed', 'ConditionalRequestConflict'].includes((error as Error).name)) return false;
      throw error;
    }
    this.#own = text;
    const renew = () => {
      // One that fails is made up for by the next one.
      this.#renewed = this.#renew().catch(() => undefined);
    };
    this.#renewal = setInterval(renew, this.#props.renewMilliseconds).unref();
    return true;
  }

  async read(): Promise<(FoundLock & { isOwn: boolean }) | undefined> {
    try {
      const { Body, LastModified, ETag = '' } = await this.#client.send(new GetObjectCommand(this.#object));
      const content = (await Body?.transformToString()) ?? '';
      const holder = parseHolder(content);
      return { text: ETag, holder, isOwn: content === this.#own, isAbandoned: this.#isAbandoned(holder, LastModified) };
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
    const found = await this.read();
    if (found?.isOwn) await this.remove(found);
  }

  // A computer that has slept for too long finds that of another command, which it must leave alone.
  async #renew(): Promise<void> {
    const found = await this.read();
    if (found?.isOwn) await this.#put(this.#own, { IfMatch: found.text });
    else clearInterval(this.#renewal);
  }

  async #put(text: string, condition: object): Promise<void> {
    const object = { ...this.#object, Body: text, ContentType: 'application/json', ...condition };
    await this.#client.send(new PutObjectCommand(object));
  }

  get #object() {
    return { Bucket: this.#props.bucket, Key: this.#props.key };
  }

  #isAbandoned(holder: Holder | undefined, renewedAt = new Date()): boolean {
    if (holder?.host === hostname()) return !isAlive(holder.process);
    return Date.now() - renewedAt.getTime() > this.#props.abandonedMilliseconds;
  }
}
