import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import pRetry from 'p-retry';
import { UserError } from '../common/errors.ts';
import { type Endpoint, exampleRequest } from './endpoint.ts';
import { type TlsOptions, tlsOptionsOf } from './endpoint-tls.ts';

// The DNS name of a new load balancer is not known everywhere at once.
const untilNameResolves = { retries: 5, minTimeout: 1000 };

const timeoutMilliseconds = 10_000;

/** Sends one real request to the endpoint and returns the intent of the answer; fails without one. */
export async function smokeTest(endpoint: Endpoint, retries = untilNameResolves): Promise<string> {
  const { url } = endpoint;
  const tls = await tlsOptionsOf(endpoint);
  const [status, body] = await pRetry(() => post(new URL('/predict', url), tls), retries).catch((error: Error) => {
    throw new UserError(`${url}/predict: expected an answer, got: ${error.message}`);
  });
  const { intent } = (status === 200 ? JSON.parse(body) : {}) as { intent?: string };
  if (!intent) throw new UserError(`${url}/predict: expected an intent, got ${status}: ${body}`);
  return intent;
}

function post(url: URL, tls: TlsOptions): Promise<[status: number, body: string]> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(exampleRequest) };
    const options = { method: 'POST', headers, agent: false, timeout: timeoutMilliseconds, ...tls };
    const outgoing = request(url, options, (response) => {
      text(response).then((body) => resolve([response.statusCode ?? 0, body]), reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url} did not answer within 10 s`)));
    outgoing.on('error', reject);
    outgoing.end(exampleRequest);
  });
}
