import { type Dispatcher, Pool } from 'undici';
import { keyHeader } from '../common/api-keys/header.ts';
import type { TlsOptions } from '../deployments/endpoint-tls.ts';

/** What came of a request. */
export type Outcome = Answer | Failure;

/** An answer, whatever its status is. */
interface Answer {
  status: number;
  /** The machine and the release that its headers name; undefined where no machine has answered. */
  machine: string | undefined;
  release: string | undefined;
  /** The name of the rate limit that has refused the request, such as `machine`. */
  limit: string | undefined;
}

/** No answer: the code of the error, such as `ECONNRESET`. */
interface Failure {
  error: string;
}

export interface ClientProps {
  url: string;
  tls: TlsOptions;
  connections: number;
  apiKey?: string | undefined;
  timeoutMilliseconds: number;
}

/** A client that sends texts to the endpoint of a stage over connections that it keeps; a request is never sent twice. */
export class LoadClient {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  constructor({ url, tls, connections, apiKey, timeoutMilliseconds: timeout }: ClientProps) {
    this.#headers = { 'content-type': 'application/json', ...keyHeader(apiKey) };
    this.#pool = new Pool(url, {
      // One request at a time on each connection.
      ...{ connections, pipelining: 1, allowH2: false },
      ...{ headersTimeout: timeout, bodyTimeout: timeout, connect: { ...tls, timeout } },
    });
  }

  async send(body: string): Promise<Outcome> {
    try {
      const answer = await this.#pool.request({ method: 'POST', path: '/predict', headers: this.#headers, body });
      await answer.body.dump({ limit: Number.POSITIVE_INFINITY });
      return outcomeOf(answer);
    } catch (error) {
      const { code, name } = error as NodeJS.ErrnoException;
      return { error: code ?? name };
    }
  }

  /** Ends all connections; the requests under way fail. */
  async end(): Promise<void> {
    await this.#pool.destroy();
  }
}

function outcomeOf({ statusCode: status, headers }: Dispatcher.ResponseData): Outcome {
  const header = (name: string) => headers[name]?.toString();
  const limit = status === 429 ? /"([\w-]+)"/.exec(header('ratelimit-policy') ?? '')?.[1] : undefined;
  return { status, machine: header('x-served-by'), release: header('x-release'), limit };
}
