import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../common/checksum.ts';
import { type AccessKey, authorizationOf, isSignedWith, payloadHeader, signingDate } from './signature.ts';

/** Why a request is refused. */
export type Fault = 'host' | 'unsigned' | 'unknown key' | 'expired token' | 'skewed clock' | 'signature' | 'payload';

export type Authentication =
  | { fault: Fault }
  /** The body, if it has been read to verify it. */
  | { fault?: never; body: Buffer | undefined };

/** As on AWS. */
const toleranceMilliseconds = 15 * 60 * 1000;

/** Verifies the signature of a request with the key that `keyOf` returns for its access key id. */
export async function authenticate(
  request: IncomingMessage,
  keyOf: (accessKeyId: string) => (AccessKey & { expiration?: Date }) | undefined,
): Promise<Authentication> {
  const authorization = authorizationOf(request);
  if (!authorization) return { fault: 'unsigned' };
  const key = keyOf(authorization.accessKeyId);
  if (!key) return { fault: 'unknown key' };
  if (key.expiration && key.expiration < new Date()) return { fault: 'expired token' };
  // The negation also refuses an invalid date.
  if (!(Math.abs(Date.now() - signingDate(request).getTime()) <= toleranceMilliseconds))
    return { fault: 'skewed clock' };
  return verify(key, request);
}

// A body is read only after the signature of its hash was verified, or when the signature covers the body itself.
async function verify(key: AccessKey, request: IncomingMessage): Promise<Authentication> {
  const declared = request.headers[payloadHeader];
  if (declared === undefined) {
    const body = await buffer(request);
    return (await isSignedWith(key, request, body)) ? { body } : { fault: 'signature' };
  }
  if (!(await isSignedWith(key, request))) return { fault: 'signature' };
  // UNSIGNED-PAYLOAD and STREAMING-…: S3 takes the body as it comes.
  if (!/^[0-9a-f]{64}$/.test(String(declared))) return { body: undefined };
  const body = await buffer(request);
  return sha256(body) === declared ? { body } : { fault: 'payload' };
}

/** Tells whether a request is meant for this server: a web page under another name that leads here is not. */
export function isForThisServer({ headers, socket }: IncomingMessage): boolean {
  const { localAddress, localPort } = socket;
  const port = localPort === 80 ? '' : `:${localPort}`;
  return [localAddress, '127.0.0.1', 'localhost'].some((name) => headers.host === `${name}${port}`);
}
