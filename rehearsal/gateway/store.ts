import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Forward } from './forward.ts';
import { accessKeyOf, type Credentials, isSignedWith } from './signature.ts';

/** Returns the credentials that the metadata service has issued with an access key id. */
export type CredentialsOf = (accessKeyId: string) => Credentials | undefined;

/** S3 for machines: it only reads the emulator's objects, for requests that are signed with credentials of their role. */
export function createStore(forward: Forward, credentialsOf: CredentialsOf): Server {
  return createServer((incoming, outgoing) => {
    const answer = async () => {
      const refusal = await refusalOf(credentialsOf, incoming);
      if (refusal) refuse(outgoing, refusal);
      else await forward(incoming, outgoing);
    };
    answer().catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(error.message);
    });
  });
}

type Refusal = [code: string, message: string];

function refuse(outgoing: ServerResponse, [code, message]: Refusal): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  outgoing.writeHead(403, { 'content-type': 'application/xml' }).end(body);
}

async function refusalOf(credentialsOf: CredentialsOf, incoming: IncomingMessage): Promise<Refusal | undefined> {
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return ['AccessDenied', 'Machines only read'];
  const key = accessKeyOf(incoming);
  if (!key) return ['AccessDenied', 'Access Denied'];
  const credentials = credentialsOf(key);
  if (!credentials) return ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'];
  if (credentials.expiration < new Date()) return ['ExpiredToken', 'The provided token has expired.'];
  if (await isSignedWith(credentials, incoming)) return undefined;
  return ['SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.'];
}
