import pRetry from 'p-retry';
import { UserError } from '../common/errors.ts';
import { ask } from './ask.ts';
import { type Endpoint, exampleRequest } from './endpoint.ts';
import { tlsOptionsOf } from './endpoint-tls.ts';

// The DNS name of a new load balancer is not known everywhere at once.
const untilNameResolves = { retries: 5, minTimeout: 1000 };

/** Sends one real request to the endpoint and returns the intent of the answer; fails without one. */
export async function smokeTest(endpoint: Endpoint, retries = untilNameResolves): Promise<string> {
  const { url } = endpoint;
  const tls = await tlsOptionsOf(endpoint);
  const predict = () => ask(new URL('/predict', url), tls, exampleRequest);
  const [status, body] = await pRetry(predict, retries).catch((error: Error) => {
    throw new UserError(`${url}/predict: expected an answer, got: ${error.message}`);
  });
  const { intent } = (status === 200 ? JSON.parse(body) : {}) as { intent?: string };
  if (!intent) throw new UserError(`${url}/predict: expected an intent, got ${status}: ${body}`);
  return intent;
}
