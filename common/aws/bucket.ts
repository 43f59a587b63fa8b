import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { HttpAnswer } from './request.ts';
import { type ServiceError, SignedRequests, type SignedRequestsProps } from './signed-requests.ts';

export interface BucketProps extends Pick<SignedRequestsProps, 'region' | 'credentials'> {
  /** Such as `https://bucket.s3.eu-central-1.amazonaws.com`. */
  url: string;
}

/** A bucket of S3. */
export class Bucket {
  readonly #url: string;
  readonly #requests: SignedRequests;

  constructor({ url, region, credentials }: BucketProps) {
    this.#url = url;
    this.#requests = new SignedRequests({ service: 's3', region, credentials });
  }

  /** Makes an object, unless there is one with this key. */
  async create(key: string, body: string): Promise<'made' | 'exists'> {
    const headers = { 'content-type': 'application/json', 'if-none-match': '*' };
    const answer = await this.#requests.send({ method: 'PUT', url: `${this.#url}/${key}`, headers, body });
    if (answer.status === 200) return 'made';
    if (answer.status === 412) return 'exists';
    throw this.#fault(answer);
  }

  /** Opens an object to be read; the time is for all of it. */
  async read(key: string, timeoutMilliseconds: number): Promise<IncomingMessage> {
    const request = { method: 'GET', url: `${this.#url}/${key}`, headers: {}, body: '' };
    const answer = await this.#requests.open(request, timeoutMilliseconds);
    const { statusCode: status = 0, headers } = answer;
    if (status === 200) return answer;
    throw this.#fault({ status, headers, body: await text(answer) });
  }

  #fault(answer: HttpAnswer): ServiceError {
    return this.#requests.fault(answer, codeOf(answer), elementOf(answer.body, 'Message') ?? '');
  }
}

function codeOf({ status, body }: HttpAnswer): string {
  return elementOf(body, 'Code') ?? `status ${status}`;
}

// The XML of an error is flat, and a proxy between may answer with something else.
function elementOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}
