import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { UserError } from '../common/errors.ts';
import type { Store } from './store.ts';

/** A registry below a prefix of a bucket of S3, with the user's credentials. */
export class S3Store implements Store {
  readonly place: string;
  readonly #bucket: string;
  /** Empty, or it ends with a slash. */
  readonly #prefix: string;
  readonly #client: S3Client;

  /** `place` is `s3://bucket` or `s3://bucket/prefix`. */
  constructor(place: string, client: S3Client) {
    this.place = place;
    const [bucket = '', ...path] = place.replace(/^s3:\/\//, '').split('/');
    const prefix = path.filter(Boolean).join('/');
    this.#bucket = bucket;
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
    this.#client = client;
  }

  async list(prefix: string): Promise<string[]> {
    const input = { Bucket: this.#bucket, Prefix: `${this.#prefix}${prefix}` };
    const keys: string[] = [];
    await this.#explained(prefix, async () => {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, input))
        keys.push(...Contents.map(({ Key = '' }) => Key.slice(this.#prefix.length)));
    });
    return keys;
  }

  async read(key: string): Promise<Buffer | undefined> {
    return this.#explained(key, async () => {
      try {
        const { Body } = await this.#client.send(new GetObjectCommand(this.#object(key)));
        return Body && Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  async create(key: string, content: Buffer): Promise<boolean> {
    const input = { ...this.#object(key), Body: content, IfNoneMatch: '*' };
    return this.#explained(key, async () => {
      for (;;)
        try {
          await this.#client.send(new PutObjectCommand(input));
          return true;
        } catch (error) {
          const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
          if (status === 412) return false;
          // Another one is being made with this key, or was deleted meanwhile: the next answer tells.
          if (status !== 409) throw error;
        }
    });
  }

  #object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${key}` };
  }

  async #explained<Result>(key: string, call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      const { name, message } = error as Error;
      throw new UserError(`s3://${this.#bucket}/${this.#prefix}${key}: ${name}: ${message}`, { cause: error });
    }
  }
}
