import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Forward } from './forward.ts';
import { accessKeyOf, type Credentials, isSignedWith } from './signature.ts';

/** The credentials that the metadata service gave out, by access key. */
export type CredentialsOf = (accessKeyId: string) => Credentials | undefined;

/** S3 as machines reach it: it reads the emulator's objects for those who sign with a role's credentials, and no more. */
export function createStore(forward: Forward, credentialsOf: CredentialsOf): Server {
  return createServer((incoming, outgoing) => {
    serve(forward, credentialsOf, incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(error.message);
    });
  });
}

async function serve(
  forward: Forward,
  credentialsOf: CredentialsOf,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const refusal = await refuse(credentialsOf, incoming);
  if (!refusal) {
    await forward(incoming, outgoing);
    return;
  }
  const [code, message] = refusal;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  outgoing.writeHead(403, { 'content-type': 'application/xml' }).end(body);
}

async function refuse(credentialsOf: CredentialsOf, incoming: IncomingMessage): Promise<[string, string] | undefined> {
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return ['AccessDenied', 'Machines only read'];
  const key = accessKeyOf(incoming);
  if (!key) return ['AccessDenied', 'Access Denied'];
  const credentials = credentialsOf(key);
  if (!credentials) return ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'];
  if (credentials.expiration < new Date()) return ['ExpiredToken', 'The provided token has expired.'];
  if (await isSignedWith(credentials, incoming)) return undefined;
  return ['SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.'];
}
