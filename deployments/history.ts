import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { type HistoryEntry, parseHistoryEntry } from './history-entry.ts';

const prefix = 'history/';

/** The deployments of a stage, an object each, in the bucket of its releases. */
export class History {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ client, bucket }: { client: S3Client; bucket: string }) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /**
   * Records a deployment; its end takes the place of its beginning, and names whoever began it. Returns false where the bucket
   * does not exist yet, as before the first apply of a stage.
   */
  async record(entry: HistoryEntry): Promise<boolean> {
    try {
      const { user, host, command } = (await this.#begun(entry)) ?? entry;
      const text = JSON.stringify({ ...entry, user, host, command }, null, 2);
      const object = { Body: `${text}\n`, ContentType: 'application/json' };
      await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: keyOf(entry), ...object }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'NoSuchBucket') return false;
      throw error;
    }
  }

  /** Returns the last deployments, the newest first; `report` is told of an object among them that cannot be read. */
  async list(limit: number, report: (line: string) => void): Promise<HistoryEntry[]> {
    const newest = (await this.#keys()).slice(-limit).reverse();
    const entries = await Promise.all(newest.map((key) => this.#read(key, report)));
    return entries.filter((entry) => entry !== undefined);
  }

  async #begun(entry: HistoryEntry): Promise<HistoryEntry | undefined> {
    try {
      return await this.#read(keyOf(entry), () => undefined);
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  // S3 lists keys in ascending order, which is that of their times.
  async #keys(): Promise<string[]> {
    const keys: string[] = [];
    const input = { Bucket: this.#bucket, Prefix: prefix };
    try {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: this.#client }, input))
        keys.push(...Contents.map(({ Key = '' }) => Key));
    } catch (error) {
      if ((error as Error).name !== 'NoSuchBucket') throw error;
    }
    return keys;
  }

  async #read(key: string, report: (line: string) => void): Promise<HistoryEntry | undefined> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
    const { data, problem } = parseHistoryEntry((await Body?.transformToString()) ?? '');
    if (!data) report(`s3://${this.#bucket}/${key} is left out: ${problem}`);
    return data;
  }
}

// Without colons, which some tools for S3 do not take.
function keyOf({ beganAt, to }: HistoryEntry): string {
  return `${prefix}${new Date(beganAt).toISOString().replaceAll(/[:.]/g, '-')}-${to}.json`;
}
