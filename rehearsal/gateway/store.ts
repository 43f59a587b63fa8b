import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { authenticate } from './authenticate.ts';
import type { Forward } from './forward.ts';
import { refuse } from './refusal.ts';
import type { Credentials } from './signature.ts';

/** Returns the credentials that the metadata service has issued with an access key id. */
export type CredentialsOf = (accessKeyId: string) => Credentials | undefined;

/** S3 for machines: it only reads the emulator's objects, for requests that are signed with credentials of their role. */
export function createStore(forward: Forward, credentialsOf: CredentialsOf): Server {
  return createServer((incoming, outgoing) => {
    answer(forward, credentialsOf, incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(error.message);
    });
  });
}

async function answer(
  forward: Forward,
  credentialsOf: CredentialsOf,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return refuse(incoming, outgoing, 'write');
  const { fault } = await authenticate(incoming, credentialsOf);
  if (fault) refuse(incoming, outgoing, fault);
  else await forward(incoming, outgoing);
}
