import { send } from './request.ts';

const timeoutMilliseconds = 5000;

/** Returns the URL of the metadata service; `METADATA_URL` names another one for tests. */
export function metadataUrl({ METADATA_URL: url }: NodeJS.ProcessEnv): string {
  return url ?? 'http://169.254.169.254';
}

/** Reads the metadata of the machine, with version 2 of the service. */
export class InstanceMetadata {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Returns the value at a path such as `instance-id`. */
  async read(path: string): Promise<string> {
    const token = await this.#send('api/token', 'PUT', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' });
    return this.#send(`meta-data/${path}`, 'GET', { 'x-aws-ec2-metadata-token': token });
  }

  async #send(path: string, method: string, headers: Record<string, string>): Promise<string> {
    const { status, body } = await send({ url: `${this.#url}/latest/${path}`, method, headers, timeoutMilliseconds });
    if (status === 200) return body;
    throw new Error(`${path} of the metadata service: expected status 200, got ${status}`);
  }
}
