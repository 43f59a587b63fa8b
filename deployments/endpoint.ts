import { readFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { join, relative } from 'node:path';
import pRetry from 'p-retry';
import { UserError } from '../common/errors.ts';
import { checkoutFolder } from '../common/paths.ts';
import { placeOf } from '../rehearsal/place.ts';
import type { Outputs } from '../stacks/outputs.ts';
import type { CloudTarget } from './cloud-target.ts';

/** Where people come in. */
export interface Endpoint {
  url: string;
  /** The authority that signed its certificate, where that is the rehearsal's own. */
  authority: string | undefined;
  /** True where the address is AWS's own name of the balancer, which no certificate of yours can be for. */
  anyName: boolean;
  /** A command line that asks it something. */
  curl: string;
}

// The name of a balancer that has just been made is not known everywhere yet.
const untilNamesAreKnown = { retries: 5, minTimeout: 1000 };

type SecureContext = Pick<RequestOptions, 'ca' | 'checkServerIdentity'>;

const example = '{"text": "Great service!"}';

/** The address of what is deployed: the rehearsal's balancer listens on this machine. */
export function endpoint({ rehearsal }: CloudTarget, outputs: Outputs): Endpoint {
  const place = placeOf(checkoutFolder);
  const url = rehearsal ? `https://localhost:${place.ports.https}` : outputs.url;
  const authority = rehearsal && join(place.folder, 'tls/ca.pem');
  const anyName = /\.elb\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname);
  const trust = authority ? `--cacert ${relative(process.cwd(), authority)} ` : anyName ? '--insecure ' : '';
  return {
    url,
    authority,
    anyName,
    curl: `curl ${trust}${url}/predict -H 'content-type: application/json' -d '${example}'`,
  };
}

/** Asks the endpoint one real question, as a client would; fails unless it is answered with an intent. */
export async function smokeTest({ url, authority, anyName }: Endpoint, patience = untilNamesAreKnown): Promise<string> {
  const trust: SecureContext = {
    ...(authority && { ca: await readFile(authority) }),
    ...(anyName && { checkServerIdentity: () => undefined }),
  };
  const [status, body] = await pRetry(() => post(new URL('/predict', url), trust), patience).catch((error: Error) => {
    throw new UserError(`${url}/predict: expected an answer, got: ${error.message}`);
  });
  const { intent } = (status === 200 ? JSON.parse(body) : {}) as { intent?: string };
  if (!intent) throw new UserError(`${url}/predict: expected an intent, got ${status}: ${body}`);
  return intent;
}

function post(url: URL, trust: SecureContext): Promise<[status: number, body: string]> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(example) };
    const asking = request(url, { method: 'POST', headers, agent: false, timeout: 10_000, ...trust }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        body += chunk;
      });
      answer.on('end', () => resolve([answer.statusCode ?? 0, body]));
    });
    asking.on('timeout', () => asking.destroy(new Error(`${url} did not answer within 10 s`)));
    asking.on('error', reject);
    asking.end(example);
  });
}
