import pRetry from 'p-retry';
import { z } from 'zod';
import { parseJson } from '../common/parse-json.ts';
import { shorten } from '../common/shorten.ts';
import { check, describeInvalid } from '../common/validation.ts';
import { MlflowError, type Refusal } from './error.ts';
import { lateAfter } from './late.ts';
import type { MlflowServer } from './server.ts';

export interface MlflowClientOptions {
  /** Ends calls that are under way, and their repetition. */
  signal?: AbortSignal | undefined;
  /** The time for an answer, and for that of a file, in milliseconds. */
  timeouts?: { call: number; file: number };
  /** The time before a call is repeated for the first time, in milliseconds. */
  pause?: number;
}

/** What a call with a JSON body may say. */
export interface CallOptions {
  /** Whether the server would do it twice, so that it is not repeated where the answer is missing. */
  once?: boolean;
}

interface Request extends CallOptions {
  /** What errors call it. */
  name: string;
  path: string;
  init: RequestInit;
  timeout: number;
}

const repetitions = 2;
const mostShown = 300;
const errorBody = z.object({ error_code: z.string(), message: z.string().default('') });

/** Calls an MLflow server by its REST API. */
export class MlflowClient {
  readonly address: string;
  readonly #headers: Record<string, string>;
  readonly #options: Required<MlflowClientOptions>;

  constructor({ address, authorization }: MlflowServer, options: MlflowClientOptions = {}) {
    const { signal, timeouts = { call: 30_000, file: 300_000 }, pause = 500 } = options;
    this.address = address;
    this.#headers = authorization === undefined ? {} : { authorization };
    this.#options = { signal, timeouts, pause };
  }

  /** Asks something, such as `runs/get`. */
  get<Schema extends z.ZodType>(
    name: string,
    query: Record<string, string>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    return this.#answer({ name, path: `${name}?${new URLSearchParams(query)}`, init: {} }, schema);
  }

  /** Tells something, such as `runs/create`. */
  post<Schema extends z.ZodType>(
    name: string,
    body: object,
    schema: Schema,
    { once = false }: CallOptions = {},
  ): Promise<z.output<Schema>> {
    return this.#answer({ name, path: name, init: this.#json('POST', body), once }, schema);
  }

  /** Deletes something, such as an alias. */
  async delete(name: string, body: object): Promise<void> {
    await this.#answer({ name, path: name, init: this.#json('DELETE', body) }, z.object({}));
  }

  /** Stores a file at a path of the artifacts that the server keeps, in place of one that is there. */
  async putFile(path: string, content: Buffer): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' };
    await this.#file(path, { method: 'PUT', headers, body: new Uint8Array(content) });
  }

  /** Reads a file of the artifacts that the server keeps; undefined where there is none. */
  async getFile(path: string): Promise<Buffer | undefined> {
    try {
      // The store behind the server may be asked directly.
      return await this.#file(path, { redirect: 'follow' });
    } catch (error) {
      if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
      throw error;
    }
  }

  #json(method: string, body: object): RequestInit {
    return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  }

  #file(path: string, init: RequestInit): Promise<Buffer> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const timeout = this.#options.timeouts.file;
    return this.#send({ name: path, path: `mlflow-artifacts/artifacts/${encoded}`, init, timeout });
  }

  async #answer<Schema extends z.ZodType>(
    { name, path, ...others }: Omit<Request, 'timeout'>,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const timeout = this.#options.timeouts.call;
    const content = (await this.#send({ name, path: `mlflow/${path}`, timeout, ...others })).toString('utf8');
    const { data, problems } = check(schema, parseJson(content));
    if (!problems) return data;
    const got = shorten(describeInvalid('not an answer of MLflow:', problems), mostShown);
    throw new MlflowError(`${this.address}: ${name}: ${got}`, { status: 200 });
  }

  #send(request: Request): Promise<Buffer> {
    const { signal, pause } = this.#options;
    const retries = request.once ? 0 : repetitions;
    return pRetry(() => this.#sendOnce(request), {
      ...{ retries, minTimeout: pause, ...(signal && { signal }) },
      shouldRetry: ({ error }) => error instanceof MlflowError && error.isTemporary,
    });
  }

  async #sendOnce({ name, path, init, timeout }: Request): Promise<Buffer> {
    const { signal } = this.#options;
    const late = lateAfter(timeout);
    const headers = { ...this.#headers, ...init.headers };
    const ended = signal ? AbortSignal.any([signal, late]) : late;
    try {
      const url = `${this.address}/api/2.0/${path}`;
      const response = await fetch(url, { redirect: 'manual', ...init, headers, signal: ended });
      const content = Buffer.from(await response.arrayBuffer());
      if (response.ok) return content;
      throw this.#refused(name, response, content.toString('utf8'));
    } catch (error) {
      if (error instanceof MlflowError) throw error;
      signal?.throwIfAborted();
      const reason = late.aborted ? `no answer within ${timeout / 1000} s` : `no answer: ${reasonOf(error as Error)}`;
      throw new MlflowError(`${this.address}: ${name}: ${reason}`, {}, { cause: error });
    }
  }

  #refused(name: string, { status, headers }: Response, content: string): MlflowError {
    const { data } = errorBody.safeParse(parseJson(content));
    const refusal: Refusal = { status, ...(data && { code: data.error_code }) };
    const place = `${this.address}: ${name}`;
    if (status === 401 || status === 403)
      return new MlflowError(
        `${place}: not allowed (status ${status}); set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN`,
        refusal,
      );
    if (data) return new MlflowError(`${place}: ${data.error_code}: ${shorten(data.message, mostShown)}`, refusal);
    const kind = headers.get('content-type')?.split(';', 1)[0] || 'nothing';
    return new MlflowError(`${place}: expected an answer of MLflow, got status ${status} with ${kind}`, refusal);
  }
}

// The error of fetch says only that it failed.
function reasonOf({ message, cause }: Error): string {
  const { code, message: of } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? of ?? message;
}
