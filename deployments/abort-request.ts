import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { unlessMissing } from '../common/unless-missing.ts';
import { stateClient } from './s3.ts';

/** A person's request to the command that carries a deployment out, wherever it runs: to take it back. */
export interface AbortRequest {
  make(): Promise<void>;
  isMade(): Promise<boolean>;
  clear(): Promise<void>;
}

/** A request in a file, beside a local state. */
export class AbortRequestFile implements AbortRequest {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async make(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(this.#path, '');
  }

  async isMade(): Promise<boolean> {
    return (await stat(this.#path).catch(unlessMissing)) !== undefined;
  }

  async clear(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** A request in an object, beside a state in S3. */
export class AbortRequestObject implements AbortRequest {
  readonly #object: { Bucket: string; Key: string };
  readonly #client: S3Client;

  constructor({ bucket, region, key }: { bucket: string; region: string; key: string }) {
    this.#object = { Bucket: bucket, Key: key };
    this.#client = stateClient(region);
  }

  async make(): Promise<void> {
    await this.#client.send(new PutObjectCommand({ ...this.#object, Body: '' }));
  }

  async isMade(): Promise<boolean> {
    try {
      await this.#client.send(new HeadObjectCommand(this.#object));
      return true;
    } catch (error) {
      if (['NotFound', 'NoSuchKey'].includes((error as Error).name)) return false;
      throw error;
    }
  }

  async clear(): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#object));
  }
}
